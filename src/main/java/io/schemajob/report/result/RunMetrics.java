package io.schemajob.report.result;

import io.schemajob.report.log.Redactor;
import io.schemajob.report.text.Printable;
import java.time.Instant;
import java.util.Locale;

/**
 * A run as OpenMetrics text, for the textfile collector of node_exporter and for push gateways. All are gauges, which Prometheus'
 * older text format has too.
 *
 * @see <a href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics</a>
 */
public final class RunMetrics {
    private final StringBuilder text = new StringBuilder();
    private final String labels;

    private RunMetrics(String labels) {
        this.labels = labels;
    }

    /** The whole file. */
    public static String text(Outcome outcome, Redactor redactor) {
        RunReport report = outcome.report();
        RunMetrics metrics = new RunMetrics("command=\"%s\",bundle=\"%s\""
                .formatted(label(report.command(), redactor), label(report.bundle(), redactor)));
        metrics.gauge(
                "schemajob_exit_code", "Exit code of the run.", outcome.status().code());
        metrics.gauge("schemajob_success", "1 if the run ended with 0.", outcome.failure() == null ? 1 : 0);
        metrics.gauge(
                "schemajob_scripts",
                "Scripts that were applied, or rolled back.",
                report.applied().size());
        if (report.verified() != null) {
            metrics.gauge("schemajob_verified", "1 if the schema is as declared.", report.verified() ? 1 : 0);
        }
        metrics.gauge("schemajob_drift", "Differences from the declared schema.", report.driftCount());
        metrics.gauge(
                "schemajob_duration_seconds",
                "Duration of the run.",
                report.duration().toMillis() / 1000.0);
        metrics.gauge(
                "schemajob_end_timestamp_seconds",
                "When the run ended.",
                Instant.now().toEpochMilli() / 1000.0);
        if (report.toVersion() != null) {
            metrics.value(
                    "schemajob_schema_version",
                    "The version of the schema, as a label.",
                    metrics.labels + ",version=\"" + label(report.toVersion(), redactor) + "\"",
                    1);
        }
        return metrics.text.append("# EOF\n").toString();
    }

    private void gauge(String name, String help, double value) {
        value(name, help, labels, value);
    }

    private void value(String name, String help, String withLabels, double value) {
        String number = value == Math.rint(value) && Math.abs(value) < 1e9
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.3f", value);
        text.append("# TYPE %s gauge%n# HELP %s %s%n%s{%s} %s%n"
                .formatted(name, name, help, name, withLabels, number)
                .replace("\r", ""));
    }

    /** Redacted, on one line, and escaped as the format wants it. */
    private static String label(String value, Redactor redactor) {
        return value == null
                ? ""
                : Printable.line(redactor.redactUntrusted(value))
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"");
    }
}
