package io.schemajob.cli;

import io.schemajob.job.RunContext;
import java.io.PrintStream;
import picocli.CommandLine.Command;

/** {@code snapshot}. */
@Command(name = "snapshot", description = "Write schema.yaml from a live database.")
final class SnapshotCommand extends RunCommand {
    @Override
    boolean logIsResult() {
        return false;
    }

    @Override
    void run(RunContext run, PrintStream out) {}
}
