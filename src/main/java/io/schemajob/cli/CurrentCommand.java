package io.schemajob.cli;

import io.schemajob.job.migrate.InfoJob;
import picocli.CommandLine.Command;

/** {@code current}: the version alone, for scripts. */
@Command(
        name = "current",
        aliases = {"version"},
        description = "Print the version of the database alone; nothing if there is none.")
final class CurrentCommand extends InfoQuery {
    @Override
    void print(InfoJob.Info info, ResultWriter out) {
        if (info.current() != null) {
            out.line(info.current().toString());
        }
    }
}
