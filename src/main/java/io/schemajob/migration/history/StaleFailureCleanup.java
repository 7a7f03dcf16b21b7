package io.schemajob.migration.history;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.ParsedScript;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.sql.ConcurrentIndex;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.migration.script.MigrationLabels;
import io.schemajob.migration.script.ScriptProgress;
import io.schemajob.migration.script.ScriptProgress.Entry;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.Log;
import io.schemajob.report.text.Untrusted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks after what earlier runs have left half done. Takes failed entries out of the history whose scripts may run again:
 * one that builds or drops an index concurrently, one that was corrected since, one that goes on where it ended. All
 * others wait for a person.
 */
public final class StaleFailureCleanup {
    private final String schema;
    private final Log log;

    public StaleFailureCleanup(String schema, Log log) {
        this.schema = schema;
        this.log = log;
    }

    /** The history as {@link #recover} would leave it; changes nothing. */
    public History preview(Connection session, Bundle bundle, History history) {
        List<AppliedMigration> safe = safe(bundle, history, progress().read(session));
        return new History(
                history.exists(),
                history.rows().stream().filter(row -> !safe.contains(row)).toList());
    }

    /**
     * Removes what may be removed and returns the history as it is then.
     *
     * @param down whether migrations are to be rolled back
     * @throws SchemajobException HISTORY_INVALID when a script of the other direction is half done
     */
    public History recover(Connection session, Bundle bundle, History history, boolean down) {
        Optional<Entry> entry = settle(session, bundle, history);
        entry.ifPresent(open -> requireDirection(bundle, open, down));
        entry.ifPresent(open -> requireUnchanged(bundle, open, history));
        List<AppliedMigration> safe = safe(bundle, history, entry);
        for (AppliedMigration row : safe) {
            log.step("Migration %s was interrupted; its entry is removed and it %s"
                    .formatted(row.version(), isOf(entry, row) ? "goes on where it ended" : "runs again"));
            delete(session, row);
        }
        return safe.isEmpty() ? history : new HistoryTable(schema).read(session, bundle);
    }

    /** A run that was killed after it wrote the history has left the progress of a script that is complete. */
    private Optional<Entry> settle(Connection session, Bundle bundle, History history) {
        Optional<Entry> entry = progress().settle(session);
        boolean complete = entry.isPresent()
                && Stream.concat(bundle.migrations().stream(), bundle.repeatables().stream())
                        .anyMatch(migration ->
                                migration.up().name().equals(entry.get().script()) && history.applied(migration));
        if (!complete) {
            return entry;
        }
        try {
            progress().clear(session);
            return Optional.empty();
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The progress of a script that is done could not be removed", e);
        }
    }

    /** What the history does not say: that a rollback has begun and is not complete. */
    public Optional<HistoryProblem> halfRolledBack(Connection session, Bundle bundle) {
        return progress().read(session).flatMap(entry -> downScript(bundle, entry)
                .map(migration -> new HistoryProblem(
                        HistoryProblem.Kind.HALF_ROLLED_BACK,
                        migration.version().toString(),
                        "%s is half done by an earlier run".formatted(entry.script()))));
    }

    private static Optional<Migration> downScript(Bundle bundle, Entry entry) {
        return bundle.migrations().stream()
                .filter(migration ->
                        migration.down() != null && migration.down().name().equals(entry.script()))
                .findFirst();
    }

    private static void requireDirection(Bundle bundle, Entry entry, boolean down) {
        boolean isDown = downScript(bundle, entry).isPresent();
        if (isDown != down) {
            throw Failure.of(
                            ExitStatus.HISTORY_INVALID,
                            "%s is half done by an earlier run, and has to be completed first."
                                    .formatted(Untrusted.text(entry.script())))
                    .databaseState("Nothing was changed by this run.")
                    .hint(
                            isDown
                                    ? "schemajob rollback -1 --yes completes it."
                                    : "schemajob migrate completes it, after the script was corrected.")
                    .asException();
        }
    }

    private static boolean isOf(Optional<Entry> entry, AppliedMigration row) {
        return entry.filter(open -> open.script().equals(row.script())).isPresent();
    }

    private static void requireUnchanged(Bundle bundle, Entry entry, History history) {
        for (Migration migration : bundle.migrations()) {
            for (Script script : new Script[] {migration.up(), migration.down()}) {
                if (script != null && script.name().equals(entry.script()) && !agrees(entry, script)) {
                    throw entry.changed(MigrationLabels.of(history.current()));
                }
            }
        }
    }

    private static boolean agrees(Entry entry, Script script) {
        try {
            return entry.agrees(ScriptParser.parse(script));
        } catch (SchemajobException e) {
            // It is refused for what it is when its turn comes.
            return true;
        }
    }

    private static List<AppliedMigration> safe(Bundle bundle, History history, Optional<Entry> entry) {
        return history.failed().stream()
                .filter(row -> row.version() != null)
                .filter(row -> bundle.migration(row.version())
                        .filter(migration -> mayRun(migration, row, entry))
                        .isPresent())
                .toList();
    }

    private static boolean mayRun(Migration migration, AppliedMigration row, Optional<Entry> entry) {
        ParsedScript script;
        try {
            script = ScriptParser.parse(migration.up());
        } catch (SchemajobException e) {
            return false;
        }
        boolean stepwise = entry.filter(
                        open -> open.script().equals(migration.up().name()))
                .isPresent();
        if (stepwise) {
            return entry.get().mayGoOn(script);
        }
        boolean corrected =
                row.checksum() != null && row.checksum() != migration.up().checksum();
        // Where nothing says how far a script of several steps is, it must not begin anew by itself.
        return script.steps().size() <= 1 && corrected
                || script.steps().size() == 1
                        && ConcurrentIndex.of(script.statements().get(0)).isPresent();
    }

    private ScriptProgress progress() {
        return new ScriptProgress(schema);
    }

    private void delete(Connection session, AppliedMigration row) {
        String sql =
                "DELETE FROM " + new HistoryTable(schema).qualified() + " WHERE installed_rank = ? AND NOT success";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setInt(1, row.rank());
            RecordedRow.requireOne(statement.executeUpdate());
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("A failed entry of the history could not be removed", e);
        }
    }
}
