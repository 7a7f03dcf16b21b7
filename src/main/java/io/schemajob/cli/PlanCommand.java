package io.schemajob.cli;

import io.schemajob.cli.line.Output;
import io.schemajob.cli.text.PlanText;
import io.schemajob.job.RunContext;
import io.schemajob.job.author.LintJob;
import io.schemajob.job.migrate.PlanJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plan}: what will the next migration meet? */
@Command(
        name = "plan",
        description = "Show pending scripts with their lint findings, and the tables that they lock, with size and"
                + " users; read-only.")
final class PlanCommand extends RunCommand {
    @Option(names = "--exit-code", description = "exit with 85 if a pending script has findings at or above the level")
    boolean exitCode;

    @Mixin
    LevelOption level;

    @Override
    boolean logIsResult() {
        return false;
    }

    @Override
    void run(RunContext run, ResultWriter out) {
        PlanJob.Planned plan = new PlanJob(run, level.severity).execute();
        run.report().details(PlanText.json(plan));
        if (output == Output.TEXT) {
            out.lines(PlanText.text(plan, out.width()));
        }
        if (exitCode) {
            LintJob.requireNoFindings(plan.lint(), "Nothing was changed.");
        }
    }
}
