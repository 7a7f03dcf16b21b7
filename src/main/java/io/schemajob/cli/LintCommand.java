package io.schemajob.cli;

import io.schemajob.cli.line.Output;
import io.schemajob.cli.text.LintText;
import io.schemajob.job.RunContext;
import io.schemajob.job.author.LintJob;
import io.schemajob.lint.finding.LintReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lint}: which scripts would disturb a running application? */
@Command(
        name = "lint",
        description = "Report scripts that would block or break a running application; needs no database.")
final class LintCommand extends RunCommand {
    @Mixin
    LevelOption level;

    @Option(names = "--since", paramLabel = "REF", description = "leave out what is found on that branch too")
    String since;

    @Override
    boolean logIsResult() {
        return false;
    }

    @Override
    void run(RunContext run, ResultWriter out) {
        LintReport report = new LintJob(run, level.severity, since).execute();
        run.report().details(LintText.json(report));
        if (output == Output.TEXT) {
            out.lines(LintText.text(report, verbose));
        }
        LintJob.requireNoFindings(report, "Not contacted.");
    }
}
