package io.schemajob.cli;

import io.schemajob.job.RunContext;
import io.schemajob.job.migrate.MigrateJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code migrate}: the main job. */
@Command(
        name = "migrate",
        aliases = {"upgrade"},
        description = "Lock, adopt if a rule says so, check, apply pending migrations, verify.")
final class MigrateCommand extends RunCommand {
    @Parameters(
            arity = "0..1",
            defaultValue = "head",
            paramLabel = "TARGET",
            description = "head (default), +N, or a version")
    String target;

    @Mixin
    MigrateOptions options;

    @Override
    void run(RunContext run, ResultWriter out) {
        new MigrateJob(run, options.to(CommandLines.target(target))).execute();
    }
}
