package io.schemajob.migration;

import io.schemajob.bundle.Migration;
import io.schemajob.bundle.ParsedScript;
import io.schemajob.bundle.ScriptParser;
import io.schemajob.database.LockRetry;
import io.schemajob.database.Sessions;
import io.schemajob.report.SchemajobException;
import java.sql.Connection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Applies migrations: each transactional one in a transaction of its own together with its history row, tried again when
 * it met its lock timeout. All on one session, which holds Flyway's lock meanwhile.
 *
 * <p>The rows are Flyway's to the letter, but Flyway itself does not run: it resolves, sorts and reads everything again
 * for each script (docs/decisions/0011).
 */
public final class Migrator {
    private final MigrationSession session;
    private final MigrationEvents events;
    private final MigrationStep step;
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
        this.step = new MigrationStep(session);
        this.pending = List.copyOf(pending);
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
        LockRetry.Tries tries = null;
        while (position < pending.size()) {
            int start = position;
            try {
                attempt();
            } catch (SchemajobException e) {
                if (tries == null || position > start) {
                    // Every migration has all its tries, however many those before it needed.
                    tries = session.retry().begin(Names.of(pending.get(position)));
                }
                tries.again(e);
            }
        }
    }

    private void attempt() {
        Connection worker = session.openWorker();
        try {
            History history = session.history();
            HistoryCheck.requireStill(session.bundle(), history);
            Set<Migration> left = Collections.newSetFromMap(new IdentityHashMap<>());
            left.addAll(Plan.pending(session.bundle(), history));
            String current = Names.of(history.current());
            for (; position < pending.size(); position++) {
                Migration migration = pending.get(position);
                // Another tool may have applied it while we waited for Flyway's lock.
                if (left.contains(migration)) {
                    apply(worker, migration, current);
                }
                current = migration.repeatable() ? current : migration.version().toString();
            }
        } finally {
            Sessions.closeQuietly(worker);
        }
    }

    private void apply(Connection worker, Migration migration, String current) {
        session.interruption().check();
        session.lock().assertHeld();
        session.log().step("Applying %s: %s...".formatted(Names.inSentence(migration), migration.title()));
        step.run(worker, migration, scripts.get(position), current);
        session.log().step(Names.of(migration) + " applied successfully");
        events.applied(migration);
    }
}
