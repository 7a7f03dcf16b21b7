package io.schemajob.cli;

import io.schemajob.job.InfoJob;
import java.io.PrintStream;
import picocli.CommandLine.Command;

/** {@code info}: what is applied, pending, failed. */
@Command(
        name = "info",
        aliases = {"history"},
        description = "Show what is applied, pending and failed; read-only. With --verbose the SQL too.")
final class InfoCommand extends InfoQuery {
    @Override
    void print(InfoJob.Info info, PrintStream out) {
        out.print(InfoTable.text(info, verbose));
    }
}
