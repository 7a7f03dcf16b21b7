package io.schemajob.cli;

import io.schemajob.job.InfoJob;
import io.schemajob.job.RunContext;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code current}: the version alone, for scripts. */
@Command(name = "current", description = "Print the version of the database alone; nothing if there is none.")
final class CurrentCommand extends RunCommand {
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
        if (output == Output.TEXT && info.current() != null) {
            out.println(info.current());
        }
        if (exitCode) {
            InfoJob.requireNothingPending(info);
        }
    }
}
