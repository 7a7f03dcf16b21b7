package io.schemajob.cli;

import io.schemajob.job.migrate.MigrateJob;
import picocli.CommandLine.Option;

/** How migrations are applied, whatever the command is called. */
final class MigrateOptions {
    @Option(names = "--dry-run", description = "execute in a transaction that is rolled back, and print the SQL")
    boolean dryRun;

    @Option(names = "--no-verify", description = "do not compare with the declared schema afterwards")
    boolean noVerify;

    MigrateJob.Options to(String target) {
        return new MigrateJob.Options(target, dryRun, !noVerify);
    }
}
