package io.schemajob.cli;

import io.schemajob.job.RunContext;
import io.schemajob.job.migrate.RepairJob;
import picocli.CommandLine.Command;

/** {@code repair}: mends history and indexes. */
@Command(
        name = "repair",
        description = "Realign checksums, remove failed entries, rebuild invalid indexes; prints old and new.")
final class RepairCommand extends RunCommand {
    @Override
    void run(RunContext run, ResultWriter out) {
        new RepairJob(run).execute();
    }
}
