package io.schemajob.migration;

import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.ParsedScript;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.script.Version;
import io.schemajob.database.lock.LockRetry;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.session.LostCommit;
import io.schemajob.database.session.LostCommit.TransactionStatus;
import io.schemajob.database.session.SessionTraces;
import io.schemajob.migration.flyway.BundleMigration;
import io.schemajob.migration.flyway.FlywayFactory;
import io.schemajob.migration.flyway.FlywayFailures;
import io.schemajob.migration.flyway.ReplaceableSession;
import io.schemajob.migration.history.HistoryTable;
import io.schemajob.migration.history.RecordedRow;
import io.schemajob.migration.mirror.HistoryMirror;
import io.schemajob.migration.plan.Plan;
import io.schemajob.migration.script.CommitFailure;
import io.schemajob.migration.script.FailureState;
import io.schemajob.migration.script.MigrationEvents;
import io.schemajob.migration.script.MigrationLabels;
import io.schemajob.migration.script.OutsideException;
import io.schemajob.migration.script.ScriptProgress;
import io.schemajob.migration.session.MigrationSession;
import io.schemajob.migration.session.SessionCare;
import io.schemajob.report.failure.SchemajobException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.resolver.ResolvedMigration;

/**
 * Applies migrations through Flyway: each transactional one in a transaction of its own together with its history row,
 * tried again when it met its lock timeout.
 *
 * <p>Flyway runs them as one group, for which it resolves, sorts and reads everything once instead of once a script; the
 * transaction of a script is committed here, before the next one begins (docs/decisions/0011).
 */
public final class Migrator {
    private final MigrationSession session;
    private final MigrationEvents events;
    private final HistoryMirror kept;
    private final List<Migration> pending;
    private final List<ParsedScript> scripts;
    private final SessionCare care;
    private final Optional<Version> current;

    /** Where in the list of pending migrations the run is: everything before it is committed. */
    private int position;

    /** Of the script at this position, once its statements are done; null before. By it a lost COMMIT is asked for. */
    private String transaction;

    /** Why the script at this position failed outside of a transaction; null otherwise. */
    private OutsideException outside;

    /** Whether the statements of the script at this position are done. */
    private boolean executed;

    /** Those that this run began; another tool may have applied the rest while we waited for its lock. */
    private final BitSet begun = new BitSet();

    /**
     * Parses every script, so that one that cannot be run is refused before anything is changed.
     *
     * @param pending as {@link Plan} made it
     * @param current the version that the schema is at
     */
    public Migrator(
            MigrationSession session, MigrationEvents events, List<Migration> pending, Optional<Version> current) {
        this.session = session;
        this.current = current;
        this.events = events;
        this.kept = HistoryMirror.of(session);
        this.care = new SessionCare(session);
        this.pending = List.copyOf(pending);
        this.scripts = ScriptParser.parseAll(pending.stream().map(Migration::up).toList());
    }

    /**
     * Applies the migrations in order.
     *
     * @throws SchemajobException naming the script that failed; those before it stay applied
     */
    public void apply() {
        LockRetry.Tries tries = null;
        while (position < pending.size()) {
            int start = position;
            try {
                attempt();
                tries = null;
            } catch (SchemajobException e) {
                if (tries == null || position > start) {
                    // Every migration has all its tries, however many those before it needed.
                    tries = session.retry().begin(MigrationLabels.of(pending.get(position)));
                }
                tries.again(e);
            }
        }
    }

    private void attempt() {
        outside = null;
        try {
            while (position < pending.size()) {
                int end = endOfGroup();
                flyway(end).migrate();
                committedUpTo(end);
            }
        } catch (FlywayException | SchemajobException | OutsideException e) {
            if (outside != null) {
                events.unsettled(outside.failure().failure().databaseState());
                if (!outside.needsPerson()) {
                    session.cancellation().check();
                }
                throw outside.failure();
            }
            if (!begun.get(position) || !executed && !scripts.get(position).transactional()) {
                session.cancellation().check();
                throw FlywayFailures.unexpected(MigrationLabels.of(pending.get(position)) + " could not be run", e);
            }
            TransactionStatus transactionStatus = transactionStatus(e);
            if (transactionStatus == TransactionStatus.COMMITTED) {
                session.log().step("The connection was lost at the commit; the server says that it was done");
                committedUpTo(position + 1);
                return;
            }
            CommitFailure failure = new CommitFailure(
                    pending.get(position),
                    scripts.get(position).transactional(),
                    transaction != null,
                    before(),
                    transactionStatus,
                    lockedBy(e));
            events.unsettled(failure.unsettled());
            session.cancellation().check();
            throw FlywayFailures.explain(e, failure);
        }
    }

    private String lockedBy(RuntimeException e) {
        SQLException sql = FlywayFailures.sqlException(e);
        String table = new HistoryTable(session.schema()).qualified();
        return sql == null ? "" : DatabaseFailures.lockedBy(sql, session.lockConnection(), table);
    }

    /** What became of the transaction whose connection was lost; it was rolled back if there was nothing to commit. */
    private TransactionStatus transactionStatus(RuntimeException e) {
        SQLException sql = FlywayFailures.sqlException(e);
        if (transaction == null || sql == null || !LostCommit.possible(sql)) {
            return TransactionStatus.ROLLED_BACK;
        }
        Migration migration = pending.get(position);
        return new LostCommit(session.sessions(), session.cancellation())
                .find(session.lockConnection(), transaction, asked -> new HistoryTable(session.schema())
                        .read(asked, session.bundle())
                        .applied(migration));
    }

    /**
     * A group is in transactions or it is not: Flyway takes no mixed ones. A script outside of a transaction is a group
     * by itself, as its row can only be looked at when Flyway has written it.
     */
    private int endOfGroup() {
        int end = position + 1;
        if (!scripts.get(position).transactional()) {
            return end;
        }
        while (end < pending.size() && scripts.get(end).transactional()) {
            end++;
        }
        return end;
    }

    private Flyway flyway(int end) {
        List<ResolvedMigration> group = new ArrayList<>();
        for (int i = position; i < end; i++) {
            int index = i;
            group.add(new BundleMigration(
                    pending.get(i), scripts.get(i).transactional(), connection -> run(index, connection)));
        }
        return new FlywayFactory(session.schema()).create(this::open, group);
    }

    private Connection open() {
        Connection connection = session.open();
        care.opened();
        return connection;
    }

    private void run(int index, Connection connection) {
        Migration migration = pending.get(index);
        ParsedScript script = scripts.get(index);
        boolean unlocks;
        try {
            unlocks = begin(index, connection);
        } catch (SchemajobException e) {
            // Flyway would record as failed what has not begun.
            throw script.transactional() ? e : new OutsideException(e, false, false);
        }
        execute(connection, migration, script, unlocks);
        executed = true;
        transaction = restore(connection);
        if (script.transactional()) {
            expect(connection, migration);
        }
        if (!migration.repeatable()) {
            kept.follow(connection, Optional.of(migration.version()));
        }
    }

    /** @return whether the script may release the locks of its session */
    private boolean begin(int index, Connection connection) {
        commit(connection);
        committedUpTo(index);
        session.cancellation().check();
        session.lock().assertHeld();
        begun.set(index);
        executed = false;
        Migration migration = pending.get(index);
        session.log().step("Applying %s: %s...".formatted(MigrationLabels.inSentence(migration), migration.title()));
        return prepare(connection, scripts.get(index));
    }

    private boolean prepare(Connection connection, ParsedScript script) {
        SessionTraces traces = SessionCare.traces(script);
        try {
            if (care.needsNew(traces)) {
                connection.unwrap(ReplaceableSession.class).replace();
            }
            return care.begin(connection, script, traces);
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The session of a script could not be prepared", e);
        }
    }

    private void execute(Connection connection, Migration migration, ParsedScript script, boolean unlocks) {
        String name = MigrationLabels.of(migration);
        if (script.transactional()) {
            session.scripts().run(connection, name, script, FailureState.of(name, before()));
            return;
        }
        try {
            events.unsettled(name + " runs outside of a transaction, and what it has done stays.");
            new OutsideScript(session, connection, name, script, before(), unlocks).run();
        } catch (OutsideException e) {
            outside = e;
            throw e;
        }
    }

    private String restore(Connection connection) {
        try {
            String number = session.clean(connection);
            return connection.getAutoCommit() ? null : number;
        } catch (SQLException e) {
            throw new FlywayException("The session could not be restored", e);
        }
    }

    private void expect(Connection connection, Migration migration) {
        try {
            connection.unwrap(ReplaceableSession.class).expect(row(migration));
        } catch (SQLException e) {
            throw new FlywayException("The session is not ours", e);
        }
    }

    private RecordedRow row(Migration migration) {
        return new RecordedRow(new HistoryTable(session.schema()).qualified(), migration);
    }

    /** Ends the transaction of the script before, whose history row Flyway has just written in it. */
    private static void commit(Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new FlywayException("The commit failed", e);
        }
    }

    private void committedUpTo(int index) {
        while (position < index) {
            Migration done = pending.get(position);
            if (begun.get(position)) {
                if (!scripts.get(position).transactional()) {
                    requireRow(done);
                }
                session.log().step(MigrationLabels.of(done) + " applied successfully");
                events.applied(done);
            }
            if (scripts.get(position).stepwise()) {
                complete();
            }
            events.unsettled(null);
            position++;
            transaction = null;
        }
    }

    /** Outside of a transaction the row is written by then, or it is not. */
    private void requireRow(Migration migration) {
        try {
            row(migration).require(session.lockConnection());
        } catch (SQLException e) {
            throw new FlywayException("The history row is not there", e);
        }
    }

    /** The history says now that the script is done. */
    private void complete() {
        try {
            new ScriptProgress(session.schema()).clear(session.lockConnection());
        } catch (SQLException e) {
            session.log()
                    .debug("The next run removes the progress of %s: %s"
                            .formatted(MigrationLabels.of(pending.get(position)), e.getMessage()));
        }
    }

    private String before() {
        for (int i = position - 1; i >= 0; i--) {
            if (!pending.get(i).repeatable()) {
                return pending.get(i).version().toString();
            }
        }
        return MigrationLabels.of(current);
    }
}
