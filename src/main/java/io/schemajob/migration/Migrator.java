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

    /** Where in the list of pending migrations the run is: everything before it is committed. */
    private int position;

    public Migrator(MigrationSession session, MigrationEvents events) {
        this.session = session;
        this.events = events;
        this.indexes = new ConcurrentIndexes(session.schema(), session.log());
    }

    /**
     * Applies the migrations in order.
     *
     * @param pending as {@link Plan} made it; every script is parsed before the first one runs
     * @throws SchemajobException naming the script that failed; those before it stay applied
     */
    public void apply(List<Migration> pending) {
        List<ParsedScript> scripts = pending.stream()
                .map(migration -> ScriptParser.parse(migration.up()))
                .toList();
        position = 0;
        while (position < pending.size()) {
            int start = position;
            session.retry().run(Names.of(pending.get(start)), () -> attempt(pending, scripts, start));
        }
    }

    private void attempt(List<Migration> pending, List<ParsedScript> scripts, int start) {
        try {
            flyway(pending, scripts).migrate();
            committedUpTo(pending, pending.size());
        } catch (FlywayException e) {
            SchemajobException failure = FlywayFailures.explain(e, pending.get(position), before(pending));
            boolean lock = failure.status() == ExitStatus.TRY_AGAIN
                    && SqlStates.lockTimeout(String.valueOf(failure.failure().sqlState()));
            if (!lock || position == start) {
                throw failure;
            }
            // There was progress: the migration that is stuck now gets all its tries.
        }
    }

    private Flyway flyway(List<Migration> pending, List<ParsedScript> scripts) {
        ResolvedMigration[] resolved = new ResolvedMigration[pending.size() - position];
        for (int i = position; i < pending.size(); i++) {
            int index = i;
            resolved[i - position] = new BundleMigration(
                    pending.get(i), scripts.get(i).transactional(), worker -> run(pending, scripts, index, worker));
        }
        return new FlywayFactory(session.schema()).create(session::openWorker, List.of(resolved), true);
    }

    private void run(List<Migration> pending, List<ParsedScript> scripts, int index, Connection worker) {
        session.interruption().check();
        committedUpTo(pending, index);
        session.lock().assertHeld();
        Migration migration = pending.get(index);
        ParsedScript script = scripts.get(index);
        session.log().step("Applying %s: %s...".formatted(Names.inSentence(migration), migration.title()));
        if (script.transactional()
                || indexes.prepare(worker, script.statements().get(0))) {
            session.scripts()
                    .run(worker, Names.of(migration), script, FailureState.of(Names.of(migration), before(pending)));
        }
    }

    /** Flyway begins a script only when the one before it is committed. */
    private void committedUpTo(List<Migration> pending, int index) {
        while (position < index) {
            Migration done = pending.get(position++);
            session.log().step(Names.of(done) + " applied successfully");
            events.applied(done);
        }
    }

    private String before(List<Migration> pending) {
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
