package io.schemajob.migration;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.ConcurrentIndex;
import io.schemajob.bundle.Migration;
import io.schemajob.bundle.ParsedScript;
import io.schemajob.bundle.ScriptParser;
import io.schemajob.database.DatabaseFailures;
import io.schemajob.report.Log;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Takes failed entries out of the history whose scripts are safe to run again by themselves: a single statement that
 * builds or drops an index concurrently, interrupted by a signal. All others wait for a person and {@code repair}.
 */
public final class FailedRows {
    private final String schema;
    private final Log log;

    public FailedRows(String schema, Log log) {
        this.schema = schema;
        this.log = log;
    }

    /** The history as {@link #recover} would leave it; changes nothing. */
    public static History preview(Bundle bundle, History history) {
        List<AppliedMigration> safe = safe(bundle, history);
        return new History(
                history.exists(),
                history.rows().stream().filter(row -> !safe.contains(row)).toList());
    }

    /** Removes what may be removed and returns the history as it is then. */
    public History recover(Connection session, Bundle bundle, History history) {
        List<AppliedMigration> safe = safe(bundle, history);
        for (AppliedMigration row : safe) {
            log.step("Migration %s was interrupted; its entry is removed and it runs again".formatted(row.version()));
            delete(session, row);
        }
        return safe.isEmpty() ? history : new HistoryTable(schema).read(session, bundle);
    }

    private static List<AppliedMigration> safe(Bundle bundle, History history) {
        return history.failed().stream()
                .filter(row -> row.version() != null && repeatableScript(bundle, row))
                .toList();
    }

    private static boolean repeatableScript(Bundle bundle, AppliedMigration row) {
        Optional<Migration> migration = bundle.migration(row.version());
        if (migration.isEmpty()) {
            return false;
        }
        ParsedScript script = ScriptParser.parse(migration.get().up());
        return !script.transactional()
                && ConcurrentIndex.of(script.statements().get(0)).isPresent();
    }

    private void delete(Connection session, AppliedMigration row) {
        String sql =
                "DELETE FROM " + new HistoryTable(schema).qualified() + " WHERE installed_rank = ? AND NOT success";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setInt(1, row.rank());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("A failed entry of the history could not be removed", e);
        }
    }
}
