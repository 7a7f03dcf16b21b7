package io.schemajob.cli;

import io.schemajob.cli.text.InfoTable;
import io.schemajob.job.migrate.InfoJob;
import picocli.CommandLine.Command;

/** {@code info}: what is applied, pending, failed. */
@Command(
        name = "info",
        aliases = {"history"},
        description = "Show what is applied, pending and failed; read-only. With --verbose the SQL too.")
final class InfoCommand extends InfoQuery {
    @Override
    void print(InfoJob.Info info, ResultWriter out) {
        out.lines(InfoTable.text(info, verbose, out.width()));
    }
}
