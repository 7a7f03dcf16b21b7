package io.schemajob.cli;

import io.schemajob.cli.process.Confirmation;
import io.schemajob.job.RunContext;
import io.schemajob.job.migrate.RollbackJob;
import io.schemajob.migration.plan.StepTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code down}: {@code rollback} as users of golang-migrate type it. */
@Command(
        name = "down",
        description =
                "The same as rollback, but a bare number is a number of migrations: down 1 rolls the newest back.")
final class DownCommand extends RunCommand {
    @Parameters(arity = "0..1", paramLabel = "N", description = "how many migrations, or a target of rollback")
    String steps;

    @Option(
            names = {"-all", "--all"},
            description = "roll every migration back")
    boolean all;

    @Mixin
    Confirmation confirmation;

    @Override
    void run(RunContext run, ResultWriter out) {
        String target = StepTarget.down(steps == null ? null : CommandLines.target(steps), all);
        new RollbackJob(run, target, confirmation::rollback).execute();
    }
}
