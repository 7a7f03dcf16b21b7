package io.schemajob.cli;

import io.schemajob.job.RunContext;
import io.schemajob.job.verify.VerifyJob;
import picocli.CommandLine.Command;

/** {@code verify}: does the database equal what is declared? */
@Command(
        name = "verify",
        description = "Compare the live catalog with the declared schema and run the bundle's checks; read-only.")
final class VerifyCommand extends RunCommand {
    @Override
    void run(RunContext run, ResultWriter out) {
        new VerifyJob(run).execute();
    }
}
