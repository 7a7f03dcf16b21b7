package io.schemajob.report.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.log.Redactor;

/**
 * How a run ended, as JSON: the one-line result that Kubernetes keeps, and the whole report.
 *
 * @param status the exit status
 * @param failure why, or null on success
 * @param report what was found and done
 */
public record Outcome(ExitStatus status, Failure failure, RunReport report) {

    /** The fields of the termination message, in the order of the contract. */
    ObjectNode summary() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("status", status == ExitStatus.OK ? "success" : "failure");
        node.put("exitCode", status.code());
        node.put("exitName", status.name());
        node.put("bundle", report.bundle());
        node.put("fromVersion", report.fromVersion());
        node.put("toVersion", report.toVersion());
        node.put("applied", report.applied().size());
        node.put("verified", report.verified());
        node.put("drift", report.driftCount());
        node.put("durationMs", report.duration().toMillis());
        node.put("error", failure == null ? null : failure.marked().message());
        node.put("hint", failure == null ? null : failure.marked().hint());
        return node;
    }

    /** Everything, for {@code --output json} and the report file, once the {@link Redactor} has been over it. */
    public ObjectNode full() {
        ObjectNode node = summary();
        node.put("command", report.command());
        ArrayNode applied = node.putArray("scripts");
        report.applied().forEach(applied::add);
        ArrayNode findings = node.putArray("findings");
        for (Finding finding : report.findings()) {
            findings.addObject()
                    .put("severity", finding.severity())
                    .put("object", finding.object())
                    .put("aspect", finding.aspect())
                    .put("expected", finding.expected())
                    .put("found", finding.found());
        }
        ArrayNode changes = node.putArray("changes");
        report.findings().stream().filter(finding -> finding.typed() != null).forEach(finding -> add(finding, changes));
        if (!report.compared().isEmpty()) {
            ObjectNode compared = node.putObject("compared");
            report.compared().forEach(compared::put);
        }
        if (!report.comparedIn().isEmpty()) {
            ObjectNode schemas = node.putObject("schemas");
            report.comparedIn().forEach((schema, counts) -> {
                ObjectNode compared = schemas.putObject(schema);
                counts.forEach(compared::put);
            });
        }
        if (!report.notCompared().isEmpty()) {
            ArrayNode left = node.putArray("notCompared");
            report.notCompared().forEach(left::add);
        }
        if (failure != null) {
            node.put("where", failure.marked().where());
            node.put("sqlState", failure.sqlState());
            node.put("databaseState", failure.marked().databaseState());
        }
        if (report.details() != null) {
            node.set("details", report.details());
        }
        return node;
    }

    private static void add(Finding finding, ArrayNode changes) {
        TypedChange typed = finding.typed();
        ObjectNode change = changes.addObject();
        if (finding.target() != null) {
            change.put("target", finding.target());
        }
        change.put("change", typed.change()).put("kind", typed.kind()).put("object", String.join(".", typed.names()));
        typed.names().forEach(change.putArray("names")::add);
        if (typed.schema() != null) {
            change.put("schema", typed.schema());
        }
        change.put("aspect", finding.aspect()).put("severity", finding.severity());
        change.set("expected", typed.expected());
        change.set("found", typed.found());
    }
}
