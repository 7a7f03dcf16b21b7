package io.schemajob.migration;

import io.schemajob.bundle.Migration;
import io.schemajob.bundle.ParsedScript;
import io.schemajob.bundle.ScriptParser;
import io.schemajob.database.SqlStates;
import io.schemajob.report.ExitStatus;
import io.schemajob.report.SchemajobException;
import java.sql.Connection;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.resolver.ResolvedMigration;

/**
 * Applies migrations through Flyway: each transactional one in a transaction of its own together with its history row,
 * tried again when it met its lock timeout.
 */
public final class Migrator {
    private final MigrationSession session;
    private final MigrationEvents events;
    private final ConcurrentIndexes indexes;
    private final List<Migration> pending;
    private final List<ParsedScript> scripts;

    /** Where in the list of pending migrations the run is: everything before it is committed. */
    private int position;

    /**
     * Parses every script, so that one that cannot be run is refused before anything is changed.
     *
     * @param pending as {@link Plan} made it
     */
    public Migrator(MigrationSession session, MigrationEvents events, List<Migration> pending) {
        this.session = session;
        this.events = events;
        this.indexes = new ConcurrentIndexes(session.schema(), session.log());
        this.pending = pending;
        this.scripts = pending.stream()
                .map(migration -> ScriptParser.parse(migration.up()))
                .toList();
    }

    /**
     * Applies the migrations in order.
     *
     * @throws SchemajobException naming the script that failed; those before it stay applied
     */
    public void apply() {
        while (position < pending.size()) {
            int start = position;
            session.retry().run(Names.of(pending.get(start)), () -> attempt(start));
        }
    }

    private void attempt(int start) {
        try {
            flyway().migrate();
            committedUpTo(pending.size());
        } catch (FlywayException e) {
            SchemajobException failure = FlywayFailures.explain(e, pending.get(position), before());
            boolean lock = failure.status() == ExitStatus.TRY_AGAIN
                    && SqlStates.lockTimeout(String.valueOf(failure.failure().sqlState()));
            if (!lock || position == start) {
                throw failure;
            }
            // There was progress: the migration that is stuck now gets all its tries.
        }
    }

    private Flyway flyway() {
        ResolvedMigration[] resolved = new ResolvedMigration[pending.size() - position];
        for (int i = position; i < pending.size(); i++) {
            int index = i;
            resolved[i - position] =
                    new BundleMigration(pending.get(i), scripts.get(i).transactional(), worker -> run(index, worker));
        }
        return new FlywayFactory(session.schema()).create(session::openWorker, List.of(resolved), true);
    }

    private void run(int index, Connection worker) {
        session.interruption().check();
        committedUpTo(index);
        session.lock().assertHeld();
        Migration migration = pending.get(index);
        ParsedScript script = scripts.get(index);
        session.log().step("Applying %s: %s...".formatted(Names.inSentence(migration), migration.title()));
        if (script.transactional()
                || indexes.prepare(worker, script.statements().get(0))) {
            session.scripts().run(worker, Names.of(migration), script, FailureState.of(Names.of(migration), before()));
        }
    }

    /** Flyway begins a script only when the one before it is committed. */
    private void committedUpTo(int index) {
        while (position < index) {
            Migration done = pending.get(position++);
            session.log().step(Names.of(done) + " applied successfully");
            events.applied(done);
        }
    }

    private String before() {
        for (int i = position - 1; i >= 0; i--) {
            if (!pending.get(i).repeatable()) {
                return pending.get(i).version().toString();
            }
        }
        return Names.of(session.history().current());
    }

    /** Records migrations as applied without running them. */
    public static void record(MigrationSession session, List<Migration> migrations) {
        List<ResolvedMigration> resolved = migrations.stream()
                .<ResolvedMigration>map(migration -> new BundleMigration(migration, true, worker -> {}))
                .toList();
        try {
            new FlywayFactory(session.schema())
                    .create(session::openWorker, resolved, false)
                    .migrate();
        } catch (FlywayException e) {
            throw FlywayFailures.unexpected("The migrations could not be recorded", e);
        }
    }
}
