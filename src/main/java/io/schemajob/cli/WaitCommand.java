package io.schemajob.cli;

import io.schemajob.cli.line.DurationConverter;
import io.schemajob.job.RunContext;
import io.schemajob.job.migrate.WaitJob;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wait}: for the application that must not start before its schema is there. */
@Command(
        name = "wait",
        description = "Wait until somebody else has migrated the database to the bundle's version; read-only.")
final class WaitCommand extends RunCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "VERSION",
            description = "a version; all that the bundle holds (head) unless given")
    String version;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5m",
            converter = DurationConverter.class,
            description = "end with 75 after this time; 0 is never (default: 5m)")
    Duration timeout;

    @Option(names = "--verify", description = "compare with the declared schema too, once it is at the version")
    boolean verify;

    @Override
    void run(RunContext run, ResultWriter out) {
        new WaitJob(run, new WaitJob.Options(version, timeout, verify)).execute();
    }
}
