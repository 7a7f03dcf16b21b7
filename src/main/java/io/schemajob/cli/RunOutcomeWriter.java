package io.schemajob.cli;

import io.schemajob.cli.line.Output;
import io.schemajob.cli.process.Streams;
import io.schemajob.job.Setting;
import io.schemajob.job.Settings;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.file.OutputFile;
import io.schemajob.report.log.ConsoleLog;
import io.schemajob.report.log.Redactor;
import io.schemajob.report.result.Outcome;
import io.schemajob.report.result.RunMetrics;
import io.schemajob.report.result.RunReport;
import io.schemajob.report.result.TerminationMessage;
import io.schemajob.report.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What every run leaves behind, however it ended and however early: the failure on standard error, the JSON result, the
 * termination message and the report.
 */
record RunOutcomeWriter(Settings settings, Streams streams, Redactor redactor, RunReport report) {

    /**
     * Prints and writes everything.
     *
     * @param style of the log
     * @param output how the result is printed
     * @param failure null on success
     * @param cause of the failure, for {@code --verbose}; may be null
     * @return the exit code
     */
    int end(ConsoleLog.Style style, Output output, Failure failure, Throwable cause) {
        Outcome outcome = outcome(failure);
        ConsoleLog errors = new ConsoleLog(streams.err(), style, redactor);
        if (failure != null) {
            errors.failure(failure, cause);
        }
        if (output == Output.JSON) {
            streams.out().println(Printable.json(redactor.redact(outcome.full()).toString()));
            Failure lost = failure == null ? lostResult() : null;
            if (lost != null) {
                errors.failure(lost, null);
                outcome = outcome(lost);
            }
        }
        leaveBehind(errors, outcome);
        streams.out().flush();
        streams.err().flush();
        return outcome.status().code();
    }

    private Outcome outcome(Failure failure) {
        return new Outcome(failure == null ? ExitStatus.OK : failure.status(), failure, report);
    }

    /**
     * A result that went nowhere is none, whatever the database says: a disk that is full, say.
     *
     * @return null where it was written
     */
    Failure lostResult() {
        String why = streams.lost();
        return why == null
                ? null
                : Failure.of(
                                ExitStatus.CONFIG,
                                "The result could not be written to standard output (%s).".formatted(why))
                        .databaseState("What the log says was done is done.")
                        .hint("Make room, or write the result somewhere else.");
    }

    private void leaveBehind(ConsoleLog log, Outcome outcome) {
        try {
            String problem = TerminationMessage.write(
                    Path.of(settings.text(Setting.TERMINATION_LOG)),
                    settings.isGiven(Setting.TERMINATION_LOG),
                    TerminationMessage.render(outcome, redactor));
            if (problem != null) {
                log.warn(problem);
            }
        } catch (InvalidPathException e) {
            log.warn("The termination message could not be written: this is no name of a file here: " + e.getInput());
        }
        write(
                log,
                Setting.REPORT,
                "The report",
                () -> Printable.json(redactor.redact(outcome.full()).toPrettyString()) + "\n");
        write(log, Setting.METRICS_FILE, "The file of metrics", () -> RunMetrics.text(outcome, redactor));
    }

    /** Writes a file that a setting names; the result of the run stands, whoever cannot read about it. */
    private void write(ConsoleLog log, Setting setting, String what, Supplier<String> text) {
        String file = settings.text(setting);
        if (file == null) {
            return;
        }
        try {
            OutputFile.of(Path.of(file)).write(text.get().getBytes(StandardCharsets.UTF_8));
        } catch (InvalidPathException e) {
            log.warn(what + " could not be written: this is no name of a file here: " + e.getInput());
        } catch (IOException e) {
            log.warn("%s could not be written (%s: %s)."
                    .formatted(what, e.getClass().getSimpleName(), e.getMessage()));
        }
    }
}
