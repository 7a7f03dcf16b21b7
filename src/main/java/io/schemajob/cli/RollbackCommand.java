package io.schemajob.cli;

import io.schemajob.bundle.Migration;
import io.schemajob.job.RollbackJob;
import io.schemajob.job.RunContext;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rollback}: runs down scripts. */
@Command(
        name = "rollback",
        aliases = {"downgrade", "down"},
        description = "Run down scripts, newest first. Data in dropped tables is lost.")
final class RollbackCommand extends RunCommand {
    @Parameters(arity = "1", paramLabel = "TARGET", description = "-N, a version to go back to, or base")
    String target;

    @Option(names = "--yes", description = "go ahead without asking")
    boolean yes;

    @Override
    void run(RunContext run, PrintStream out) {
        new RollbackJob(run, CommandLines.target(target), this::consent).execute();
    }

    private boolean consent(List<Migration> migrations) {
        if (yes) {
            return true;
        }
        if (System.console() == null) {
            return false;
        }
        String versions = migrations.stream()
                .map(migration -> migration.version().toString())
                .collect(Collectors.joining(", "));
        String answer = System.console()
                .readLine("Roll back migration %s? Data in dropped tables is lost. Type yes to go on: ", versions);
        return "yes".equals(answer);
    }
}
