package io.schemajob.job.migrate;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.migration.Rollback;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryValidation;
import io.schemajob.migration.history.StaleFailureCleanup;
import io.schemajob.migration.plan.Plan;
import io.schemajob.migration.plan.Target;
import io.schemajob.migration.script.MigrationEvents;
import io.schemajob.migration.script.MigrationLabels;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.ShellWord;
import java.util.List;
import java.util.function.Predicate;

/** Takes migrations back, newest first. */
public final class RollbackJob {
    private final RunContext run;
    private final String target;
    private final Predicate<List<Migration>> consent;

    /**
     * The job.
     *
     * @param consent is shown what would be rolled back and says whether to go on
     */
    public RollbackJob(RunContext run, String target, Predicate<List<Migration>> consent) {
        this.run = run;
        this.target = target;
        this.consent = consent;
    }

    /** Runs the job; returns when the schema is at the target. */
    public void execute() {
        Bundle bundle = run.bundle();
        Target parsed = Target.parse(target, bundle);
        try (RunSession session = RunSession.openLocked(run, bundle)) {
            execute(session, parsed);
        }
    }

    /** The same in a session that holds the job lock. */
    void execute(RunSession session, Target parsed) {
        Bundle bundle = session.bundle();
        History history = session.history();
        history = new StaleFailureCleanup(session.schema(), run.log())
                .recover(session.lockConnection(), bundle, history, true);
        HistoryValidation.require(bundle, history);
        session.requireMirrorAgrees(history);
        List<Migration> down = Plan.down(bundle, history, parsed);
        if (down.isEmpty()) {
            run.log().step("Nothing to roll back; the schema is at " + MigrationLabels.of(history.current()));
            return;
        }
        session.requireLeaseForDeadline();
        Rollback rollback = new Rollback(session.migration(), events(bundle));
        rollback.requireDownScripts(down);
        if (!consent.test(down)) {
            throw withoutConsent(history);
        }
        try {
            rollback.run(down);
        } catch (SchemajobException e) {
            noteVersion(session, e);
            throw e;
        }
        run.log()
                .step("The schema is at "
                        + MigrationLabels.of(session.historyNow().current()));
    }

    /** A second failure must not hide the first. */
    private void noteVersion(RunSession session, SchemajobException failure) {
        try {
            if (!run.cancellation().stopped()) {
                session.historyNow();
            }
        } catch (SchemajobException e) {
            failure.addSuppressed(e);
        }
    }

    private MigrationEvents events(Bundle bundle) {
        return new MigrationEvents() {
            @Override
            public void applied(Migration migration) {
                run.report().applied(migration.down().name());
                run.report()
                        .toVersion(bundle.before(migration.version())
                                .map(Object::toString)
                                .orElse(null));
            }

            @Override
            public void unsettled(String sentence) {
                run.report().unsettled(sentence);
            }
        };
    }

    private RuntimeException withoutConsent(History history) {
        return Failure.of(ExitStatus.USAGE, "A rollback can destroy data and was not confirmed.")
                .databaseState(
                        "Nothing was changed; the schema is at %s.".formatted(MigrationLabels.of(history.current())))
                .hint("schemajob rollback %s --yes".formatted(target.matches("-\\d+") ? target : ShellWord.of(target)))
                .asException();
    }
}
