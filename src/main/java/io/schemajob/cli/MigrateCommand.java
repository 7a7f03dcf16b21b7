package io.schemajob.cli;

import io.schemajob.job.MigrateJob;
import io.schemajob.job.RunContext;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrate}: the main job. */
@Command(
        name = "migrate",
        aliases = {"upgrade", "up"},
        description = "Lock, adopt if a rule says so, check, apply what is pending, verify.")
final class MigrateCommand extends RunCommand {
    @Parameters(
            arity = "0..1",
            defaultValue = "head",
            paramLabel = "TARGET",
            description = "head (default), +N, or a version")
    String target;

    @Option(names = "--dry-run", description = "execute in a transaction that is rolled back, and print the SQL")
    boolean dryRun;

    @Option(names = "--no-verify", description = "do not compare with the declared schema afterwards")
    boolean noVerify;

    @Override
    void run(RunContext run, PrintStream out) {
        new MigrateJob(run, new MigrateJob.Options(CommandLines.target(target), dryRun, !noVerify)).execute();
    }
}
