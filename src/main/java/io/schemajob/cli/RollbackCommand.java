package io.schemajob.cli;

import io.schemajob.cli.process.Confirmation;
import io.schemajob.job.RunContext;
import io.schemajob.job.migrate.RollbackJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rollback}: runs down scripts. */
@Command(
        name = "rollback",
        aliases = {"downgrade"},
        description = "Run down scripts, newest first. Data in dropped tables is lost.")
final class RollbackCommand extends RunCommand {
    @Parameters(arity = "1", paramLabel = "TARGET", description = "-N, a version to go back to, or base")
    String target;

    @Mixin
    Confirmation confirmation;

    @Override
    void run(RunContext run, ResultWriter out) {
        new RollbackJob(run, CommandLines.target(target), confirmation::rollback).execute();
    }
}
