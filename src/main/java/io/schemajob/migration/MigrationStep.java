package io.schemajob.migration;

import io.schemajob.bundle.Migration;
import io.schemajob.bundle.ParsedScript;
import io.schemajob.report.SchemajobException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Runs one script and writes its history row: in one transaction, or one after the other where that cannot be. */
final class MigrationStep {
    private final MigrationSession session;
    private final HistoryTable table;
    private final ConcurrentIndexes indexes;
    private final ScriptRunner runner;
    private final KeptHistory kept;

    MigrationStep(MigrationSession session) {
        this.session = session;
        this.table = new HistoryTable(session.schema());
        this.indexes = new ConcurrentIndexes(session.schema(), session.log());
        this.runner = session.scripts();
        this.kept = KeptHistory.of(session);
    }

    /**
     * Runs the step; after a failure the session is of no use any more.
     *
     * @param current the version the schema is at, for messages
     */
    void run(Connection worker, Migration migration, ParsedScript script, String current) {
        try {
            if (script.transactional()) {
                inTransaction(worker, migration, script, current);
            } else {
                alone(worker, migration, script, current);
            }
        } catch (SQLException e) {
            session.interruption().check();
            throw new CommitFailure(migration, current).explain(e);
        }
    }

    private void inTransaction(Connection worker, Migration migration, ParsedScript script, String current)
            throws SQLException {
        worker.setAutoCommit(false);
        long begun = System.nanoTime();
        runner.run(worker, Names.of(migration), script, state(migration, current));
        record(worker, migration, milliseconds(begun));
        worker.commit();
    }

    /** A script that fails leaves a row that says so: nobody can know how much of it happened. */
    private void alone(Connection worker, Migration migration, ParsedScript script, String current)
            throws SQLException {
        worker.setAutoCommit(true);
        long begun = System.nanoTime();
        try {
            indexes.run(
                    worker, script, () -> runner.run(worker, Names.of(migration), script, state(migration, current)));
        } catch (SchemajobException e) {
            recordFailure(worker, migration, milliseconds(begun), e);
            throw e;
        }
        record(worker, migration, milliseconds(begun));
    }

    private void record(Connection worker, Migration migration, long milliseconds) throws SQLException {
        session.sessions().restore(worker);
        if (!migration.repeatable()) {
            kept.follow(worker, Optional.of(migration.version()));
        }
        table.insert(worker, migration, milliseconds, true);
    }

    private void recordFailure(Connection worker, Migration migration, long milliseconds, SchemajobException failure) {
        try {
            table.insert(worker, migration, milliseconds, false);
        } catch (SQLException e) {
            // The connection is gone; the next run finds out what is there.
            failure.addSuppressed(e);
        }
    }

    private static FailureState state(Migration migration, String current) {
        return FailureState.of(Names.of(migration), current);
    }

    private static long milliseconds(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun).toMillis();
    }
}
