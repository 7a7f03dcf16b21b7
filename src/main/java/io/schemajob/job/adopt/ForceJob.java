package io.schemajob.job.adopt;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.migration.HistoryWriter;
import io.schemajob.migration.history.AppliedMigration;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryChange;
import io.schemajob.migration.history.HistoryProblem;
import io.schemajob.migration.history.HistoryValidation;
import io.schemajob.migration.mirror.HistoryMirror;
import io.schemajob.migration.plan.Target;
import io.schemajob.migration.script.MigrationLabels;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.text.ShellWord;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes the history say a version, upwards or downwards, and runs nothing: what a person does who has put the schema
 * right by hand. Whether it is right is not looked at.
 */
public final class ForceJob {
    /** golang-migrate's word for no version at all. */
    private static final String NO_VERSION = "-1";

    private final RunContext run;
    private final String target;
    private final Predicate<HistoryChange> consent;

    /**
     * The job.
     *
     * @param target a version, {@code head}, {@code base}, or {@code -1} for the same as base
     * @param consent is shown what would be forgotten and recorded and says whether to go on
     */
    public ForceJob(RunContext run, String target, Predicate<HistoryChange> consent) {
        this.run = run;
        this.target = target;
        this.consent = consent;
    }

    /** Runs the job; returns when the history says the version. */
    public void execute() {
        Bundle bundle = run.bundle();
        Optional<Version> version = version(bundle);
        try (RunSession session = RunSession.openLocked(run, bundle)) {
            History history = session.history();
            HistoryChange planned = HistoryChange.exactly(bundle, history, version);
            tell(planned);
            if (!consent.test(planned)) {
                throw withoutConsent(history);
            }
            new HistoryWriter(session.migration())
                    .write(now -> HistoryChange.exactly(bundle, now, version), HistoryMirror.of(session.migration()));
            run.log()
                    .step("The history says %s now; nothing was run and nothing was compared"
                            .formatted(MigrationLabels.of(session.historyNow().current())));
            for (HistoryProblem problem : HistoryValidation.problems(bundle, session.historyNow())) {
                run.log().warn("Migration %s: %s".formatted(problem.version(), problem.message()));
            }
        }
    }

    private Optional<Version> version(Bundle bundle) {
        if (target.equals(NO_VERSION)) {
            return Optional.empty();
        }
        Target parsed = Target.parse(target, bundle);
        return switch (parsed.kind()) {
            case BASE -> Optional.empty();
            case HEAD -> bundle.head();
            case VERSION ->
                Optional.of(bundle.migration(parsed.version())
                        .map(Migration::version)
                        .orElseThrow(() -> unknown(bundle)));
            case STEPS -> throw unknown(bundle);
        };
    }

    private void tell(HistoryChange change) {
        for (AppliedMigration row : change.forgotten()) {
            run.log()
                    .warn("The history forgets migration %s; what it changed stays in the database"
                            .formatted(row.version()));
        }
        for (Migration migration : change.recorded()) {
            run.log().warn("The history takes migration %s for applied; it is not run".formatted(migration.version()));
        }
        if (change.forgotten().isEmpty() && change.recorded().isEmpty()) {
            run.log().step("The history says %s already".formatted(MigrationLabels.of(change.reached())));
        }
    }

    private RuntimeException unknown(Bundle bundle) {
        return Failure.of(ExitStatus.USAGE, "\"%s\" is not a version of bundle %s.".formatted(target, bundle.name()))
                .databaseState("Not contacted.")
                .hint("schemajob info lists the versions; base is none at all.")
                .asException();
    }

    private RuntimeException withoutConsent(History history) {
        return Failure.of(ExitStatus.USAGE, "Forcing a version can make the history wrong and was not confirmed.")
                .databaseState(
                        "Nothing was changed; the history says %s.".formatted(MigrationLabels.of(history.current())))
                .hint("schemajob force %s --yes".formatted(ShellWord.of(target)))
                .asException();
    }
}
