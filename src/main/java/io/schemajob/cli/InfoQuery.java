package io.schemajob.cli;

import io.schemajob.job.InfoJob;
import io.schemajob.job.RunContext;
import java.io.PrintStream;
import picocli.CommandLine.Option;

/** What {@code info} and {@code current} share: one question, printed in two ways. */
abstract class InfoQuery extends RunCommand {
    @Option(
            names = {"--exit-code", "--check-heads"},
            description = "exit with 85 when migrations are pending")
    boolean exitCode;

    /** Prints the answer for people. */
    abstract void print(InfoJob.Info info, PrintStream out);

    @Override
    final boolean logIsResult() {
        return false;
    }

    @Override
    final void run(RunContext run, PrintStream out) {
        InfoJob.Info info = new InfoJob(run).execute();
        run.report().details(InfoTable.json(info));
        if (output == Output.TEXT) {
            print(info, out);
        }
        if (exitCode) {
            InfoJob.requireNothingPending(info);
        }
    }
}
