package io.schemajob.cli;

import io.schemajob.job.InfoJob;
import io.schemajob.job.RunContext;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code info}: what is applied, pending, failed. */
@Command(
        name = "info",
        aliases = {"history"},
        description = "Show what is applied, pending and failed; read-only.")
final class InfoCommand extends RunCommand {
    @Option(names = "--exit-code", description = "exit with 85 when migrations are pending")
    boolean exitCode;

    @Override
    boolean logIsResult() {
        return false;
    }

    @Override
    void run(RunContext run, PrintStream out) {
        InfoJob.Info info = new InfoJob(run).execute();
        run.report().details(InfoTable.json(info));
        if (output == Output.TEXT) {
            out.print(InfoTable.text(info, verbose));
        }
        if (exitCode) {
            InfoJob.requireNothingPending(info);
        }
    }
}
