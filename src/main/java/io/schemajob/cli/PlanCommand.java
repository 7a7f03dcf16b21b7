package io.schemajob.cli;

import io.schemajob.job.LintJob;
import io.schemajob.job.PlanJob;
import io.schemajob.job.RunContext;
import io.schemajob.lint.Severity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plan}: what will the next migration meet? */
@Command(
        name = "plan",
        description = "Show pending scripts with their lint findings, the tables they lock, how big those are and who"
                + " is using them; read-only.")
final class PlanCommand extends RunCommand {
    @Option(
            names = "--exit-code",
            description = "exit with 85 when a pending script has findings at or above the level")
    boolean exitCode;

    @Option(
            names = "--level",
            paramLabel = "error|warning|info",
            converter = SeverityConverter.class,
            description = "what counts for --exit-code (default: what bundle.yaml says, or else error)")
    Severity level;

    @Override
    boolean logIsResult() {
        return false;
    }

    @Override
    void run(RunContext run, ResultWriter out) {
        PlanJob.Planned plan = new PlanJob(run, level).execute();
        run.report().details(PlanText.json(plan));
        if (output == Output.TEXT) {
            out.lines(PlanText.text(plan));
        }
        if (exitCode) {
            LintJob.requireNoFindings(plan.lint(), "Nothing was changed.");
        }
    }
}
