package io.schemajob.cli;

import io.schemajob.cli.process.Confirmation;
import io.schemajob.job.RunContext;
import io.schemajob.job.migrate.GotoJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code goto}: up or down to a version. */
@Command(name = "goto", description = "Migrate or roll back to a version, whichever leads there.")
final class GotoCommand extends RunCommand {
    @Parameters(arity = "1", paramLabel = "VERSION", description = "a version; below the current one it needs --yes")
    String version;

    @Mixin
    Confirmation confirmation;

    @Override
    void run(RunContext run, ResultWriter out) {
        new GotoJob(run, CommandLines.target(version), confirmation::rollback).execute();
    }
}
