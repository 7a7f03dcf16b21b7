package io.schemajob.cli;

import io.schemajob.job.RunContext;
import io.schemajob.job.fleet.FleetTarget;
import io.schemajob.job.migrate.MigrateJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fleet migrate}: {@code migrate} for each target. */
@Command(name = "migrate", description = "Migrate every target of a file and verify it.")
final class FleetMigrateCommand extends FleetRunCommand {
    @Parameters(
            arity = "0..1",
            defaultValue = "head",
            paramLabel = "TARGET",
            description = "how far: head (default), +N, or a version")
    String version;

    @Mixin
    MigrateOptions options;

    @Override
    void one(FleetTarget target, RunContext run, ResultWriter out) {
        new MigrateJob(run, options.to(CommandLines.target(version))).execute();
    }
}
