package io.schemajob.job.verify;

import io.schemajob.bundle.Bundle;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.migration.history.History;

/** Compares the live catalog with the declared schema; changes nothing and needs no lock. */
public final class VerifyJob {
    private final RunContext run;

    public VerifyJob(RunContext run) {
        this.run = run;
    }

    /** Returns when there is no drift. */
    public void execute() {
        Bundle bundle = run.bundle();
        Verification verification = Verification.of(run, bundle);
        try (RunSession session = RunSession.open(run, bundle)) {
            History history = session.history();
            verification.require(session, verification.versionOf(history));
        }
    }
}
