package io.schemajob.cli;

import io.schemajob.job.RunContext;
import io.schemajob.job.author.LintJob;
import io.schemajob.lint.LintReport;
import io.schemajob.lint.Severity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lint}: which scripts would disturb a running application? */
@Command(
        name = "lint",
        description = "Report scripts that would block or break a running application; needs no database.")
final class LintCommand extends RunCommand {
    @Option(
            names = "--level",
            paramLabel = "error|warning|info",
            converter = SeverityConverter.class,
            description = "exit with 85 on findings at or above it (default: that of bundle.yaml, or error)")
    Severity level;

    @Override
    boolean logIsResult() {
        return false;
    }

    @Override
    void run(RunContext run, ResultWriter out) {
        LintReport report = new LintJob(run, level).execute();
        run.report().details(LintText.json(report));
        if (output == Output.TEXT) {
            out.lines(LintText.text(report, verbose));
        }
        LintJob.requireNoFindings(report, "Not contacted.");
    }
}
