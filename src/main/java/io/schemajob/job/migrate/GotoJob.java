package io.schemajob.job.migrate;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.job.verify.Verification;
import io.schemajob.migration.plan.Target;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Goes to a version, whether it is above or below; which of the two is decided under the job lock. */
public final class GotoJob {
    private final RunContext run;
    private final String target;
    private final Predicate<List<Migration>> consent;

    /**
     * The job.
     *
     * @param consent is shown what would be rolled back and says whether to go on
     */
    public GotoJob(RunContext run, String target, Predicate<List<Migration>> consent) {
        this.run = run;
        this.target = target;
        this.consent = consent;
    }

    /** Runs the job; returns when the schema is at the version. */
    public void execute() {
        Bundle bundle = run.bundle();
        Target parsed = Target.parse(target, bundle);
        if (parsed.kind() != Target.Kind.VERSION) {
            throw Failure.of(ExitStatus.USAGE, "\"%s\" is not a version.".formatted(target))
                    .databaseState("Not contacted.")
                    .hint("goto takes a version; migrate and rollback take head, base and steps.")
                    .asException();
        }
        Verification verification = Verification.of(run, bundle);
        try (RunSession session = RunSession.openLocked(run, bundle)) {
            Optional<Version> current = session.history().current();
            if (current.isPresent() && parsed.version().compareTo(current.get()) < 0) {
                new RollbackJob(run, target, consent).execute(session, parsed);
            } else {
                new MigrateJob(run, new MigrateJob.Options(target, false, true))
                        .migrate(session, verification, parsed, null);
            }
        }
    }
}
