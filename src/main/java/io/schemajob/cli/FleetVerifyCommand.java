package io.schemajob.cli;

import io.schemajob.job.RunContext;
import io.schemajob.job.fleet.FleetTarget;
import io.schemajob.job.verify.VerifyJob;
import picocli.CommandLine.Command;

/** {@code fleet verify}: {@code verify} for each target. */
@Command(name = "verify", description = "Compare every target of a file with the declared schema; read-only.")
final class FleetVerifyCommand extends FleetRunCommand {
    @Override
    void one(FleetTarget target, RunContext run, ResultWriter out) {
        new VerifyJob(run).execute();
    }
}
