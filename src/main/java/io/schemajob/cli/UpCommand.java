package io.schemajob.cli;

import io.schemajob.job.RunContext;
import io.schemajob.job.migrate.MigrateJob;
import io.schemajob.migration.plan.StepTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code up}: {@code migrate} as users of golang-migrate type it. */
@Command(
        name = "up",
        description = "The same as migrate, but a bare number is a number of migrations: up 2 applies the next two.")
final class UpCommand extends RunCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "N",
            description = "how many migrations, or a target of migrate; everything unless given")
    String steps;

    @Mixin
    MigrateOptions options;

    @Override
    void run(RunContext run, ResultWriter out) {
        String target = steps == null ? null : CommandLines.target(steps);
        new MigrateJob(run, options.to(StepTarget.up(target))).execute();
    }
}
