package io.schemajob.cli;

import io.schemajob.cli.line.Output;
import io.schemajob.cli.text.InfoTable;
import io.schemajob.job.RunContext;
import io.schemajob.job.migrate.InfoJob;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** What {@code info} and {@code current} share: one question, printed in two ways. */
abstract class InfoQuery extends RunCommand {
    @Option(
            names = {"--exit-code", "--check-heads"},
            description = "exit with 85 when migrations are pending")
    boolean exitCode;

    /** Prints the answer for people. */
    abstract void print(InfoJob.Info info, ResultWriter out);

    @Override
    final boolean logIsResult() {
        return false;
    }

    @Override
    final void run(RunContext run, ResultWriter out) {
        answer(run, exitCode, output == Output.TEXT ? info -> print(info, out) : info -> {});
    }

    /** Asks, prints and, where it is asked for, fails with FINDINGS when something is pending. */
    static void answer(RunContext run, boolean exitCode, Consumer<InfoJob.Info> print) {
        InfoJob.Info info = new InfoJob(run).execute();
        run.report().details(InfoTable.json(info));
        print.accept(info);
        if (exitCode) {
            InfoJob.requireNothingPending(info);
        }
    }
}
