package io.schemajob.cli;

import io.schemajob.cli.process.Confirmation;
import io.schemajob.job.RunContext;
import io.schemajob.job.adopt.ForceJob;
import io.schemajob.migration.script.MigrationLabels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code force}: sets the recorded version. */
@Command(
        name = "force",
        description = "Set the recorded version, upwards or downwards, without running or comparing anything.")
final class ForceCommand extends RunCommand {
    @Parameters(arity = "1", paramLabel = "VERSION", description = "a version, head, base, or -1 for the same as base")
    String version;

    @Mixin
    Confirmation confirmation;

    @Override
    void run(RunContext run, ResultWriter out) {
        new ForceJob(
                        run,
                        CommandLines.target(version),
                        change -> confirmation.given("Make the history say %s without running anything?"
                                .formatted(MigrationLabels.of(change.reached()))))
                .execute();
    }
}
