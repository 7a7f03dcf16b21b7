package io.schemajob.job.migrate;

import io.schemajob.bundle.AdoptRule;
import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.job.adopt.Adoption;
import io.schemajob.job.adopt.AdoptionGuard;
import io.schemajob.job.adopt.HistoryRecorder;
import io.schemajob.job.verify.Verification;
import io.schemajob.migration.DryRun;
import io.schemajob.migration.Migrator;
import io.schemajob.migration.Preflight;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryTable;
import io.schemajob.migration.history.HistoryValidation;
import io.schemajob.migration.history.StaleFailureCleanup;
import io.schemajob.migration.plan.Plan;
import io.schemajob.migration.plan.Target;
import io.schemajob.migration.script.MigrationEvents;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The main job: lock, look, adopt, check, apply, verify. */
public final class MigrateJob {
    /**
     * What was asked for.
     *
     * @param target {@code head}, {@code +N} or a version
     * @param dryRun execute in a transaction that is rolled back
     * @param verify compare with the declared schema afterwards
     */
    public record Options(String target, boolean dryRun, boolean verify) {}

    private final RunContext run;
    private final Options options;

    public MigrateJob(RunContext run, Options options) {
        this.run = run;
        this.options = options;
    }

    /** Runs the job; returns when the schema is at the target and equals what is declared. */
    public void execute() {
        Bundle bundle = run.bundle();
        Target target = Target.parse(options.target(), bundle);
        Verification verification = Verification.of(run, bundle);
        try (RunSession session = RunSession.openLocked(run, bundle)) {
            migrate(session, verification, target, null);
        }
    }

    /**
     * The same on a session that holds the job lock already.
     *
     * @param inside what a dry run does with its session before everything is rolled back; null for nothing more
     */
    public void migrate(RunSession session, Verification verification, Target target, Consumer<Connection> inside) {
        Bundle bundle = session.bundle();
        run.log().step("Checking if migration has already been applied...");
        History history = session.history();
        if (history.empty()) {
            history = adopt(session, verification, history);
        }
        StaleFailureCleanup failedRows = new StaleFailureCleanup(session.schema(), run.log());
        history = options.dryRun()
                ? failedRows.preview(session.lockConnection(), bundle, history)
                : failedRows.recover(session.lockConnection(), bundle, history, false);
        HistoryValidation.require(bundle, history);
        session.requireMirrorAgrees(history);
        List<Migration> pending = Plan.up(bundle, history, target);
        if (pending.isEmpty()) {
            sayAlreadyApplied(bundle, history);
        } else {
            preflight(session);
        }
        if (options.dryRun() && (inside != null || !pending.isEmpty())) {
            dryRun(session, verification, pending, history.current(), inside);
            return;
        }
        if (!pending.isEmpty()) {
            apply(session, pending, history.current());
            history = session.historyNow();
            HistoryValidation.requireStill(bundle, history);
        }
        if (options.verify()) {
            verification.require(session, history.current());
        }
    }

    private History adopt(RunSession session, Verification verification, History history) {
        Bundle bundle = session.bundle();
        Optional<AdoptRule> rule = new AdoptionGuard(session, verification).decide(history);
        if (rule.isEmpty()) {
            return history;
        }
        Version version = rule.get().version();
        Adoption takeover = new Adoption(session, verification);
        takeover.verify(rule.get().name(), version);
        if (options.dryRun()) {
            run.log().step("Dry run: migration %s would be recorded as applied".formatted(version));
            return HistoryRecorder.preview(bundle, version);
        }
        return takeover.record(version);
    }

    private void sayAlreadyApplied(Bundle bundle, History history) {
        if (history.current().isEmpty()) {
            run.log().step("There is nothing to apply");
            return;
        }
        Version version = history.current().get();
        String name = bundle.versionNames().get(version);
        run.log()
                .step("Migration %s%s already applied. Skipping."
                        .formatted(version, name == null ? "" : " (version " + name + ")"));
    }

    private void preflight(RunSession session) {
        session.requireLeaseForDeadline();
        try {
            new Preflight(session.lockConnection(), session.bundle(), session.schema())
                    .requirePrivilegesAndExtensions();
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The preflight checks could not be made", e);
        }
    }

    private void apply(RunSession session, List<Migration> pending, Optional<Version> current) {
        Migrator migrator = new Migrator(session.migration(), events(), pending, current);
        try {
            new HistoryTable(session.schema()).create(session.lockConnection());
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The history table could not be created", e);
        }
        migrator.apply();
    }

    private MigrationEvents events() {
        return new MigrationEvents() {
            @Override
            public void applied(Migration migration) {
                run.report().applied(migration.up().name());
                if (!migration.repeatable()) {
                    run.report().toVersion(migration.version().toString());
                }
            }

            @Override
            public void unsettled(String sentence) {
                run.report().unsettled(sentence);
            }
        };
    }

    private void dryRun(
            RunSession session,
            Verification verification,
            List<Migration> pending,
            Optional<Version> current,
            Consumer<Connection> inside) {
        Optional<Version> reached = pending.stream()
                .filter(migration -> !migration.repeatable())
                .map(Migration::version)
                .reduce((first, second) -> second)
                .or(() -> current);
        new DryRun(session.migration()).run(pending, connection -> {
            if (options.verify()) {
                verification.requireInside(connection, session, reached);
            }
            if (inside != null) {
                inside.accept(connection);
            }
        });
        run.log().step("Dry run finished; everything was rolled back");
    }
}
