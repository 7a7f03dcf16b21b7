package io.schemajob.cli;

import io.schemajob.job.CredentialsJob;
import io.schemajob.job.RunContext;
import io.schemajob.report.file.OutputFile;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code credentials}: hands the connection to another container. */
@Command(
        name = "credentials",
        description = "Write the resolved connection as export PGHOST='…' lines for psql and pg_dump containers.")
final class CredentialsCommand extends RunCommand {
    @Option(
            names = "--file",
            required = true,
            paramLabel = "FILE",
            description = "where to write; mode 0600, written whole or not at all")
    Path file;

    /** Where the file is standard output, nothing else may be printed there. */
    @Override
    boolean logIsResult() {
        return !OutputFile.of(file).isStandardOutput();
    }

    @Override
    void run(RunContext run, ResultWriter out) {
        new CredentialsJob(run, file).execute();
    }
}
