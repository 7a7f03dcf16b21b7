package io.schemajob.job;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.Migration;
import io.schemajob.bundle.Version;
import io.schemajob.database.DatabaseFailures;
import io.schemajob.migration.AppliedMigration;
import io.schemajob.migration.History;
import io.schemajob.migration.HistoryTable;
import io.schemajob.migration.Migrator;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Records migrations as applied without running them, for {@code baseline} and for schemas that are taken over. */
final class Recording {
    private Recording() {}

    /** Records every migration up to the version that the history does not have yet; returns how many. */
    static int record(Workspace workspace, Version version) {
        try {
            new HistoryTable(workspace.schema()).create(workspace.control());
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The history table could not be created", e);
        }
        History history = workspace.historyNow();
        List<Migration> missing = upTo(workspace.bundle(), version).stream()
                .filter(migration -> history.current().isEmpty()
                        || migration.version().compareTo(history.current().get()) > 0)
                .toList();
        if (!missing.isEmpty()) {
            Migrator.record(workspace.migrationSession(), missing);
        }
        return missing.size();
    }

    /** The history as recording would leave it, for dry runs. */
    static History preview(Bundle bundle, Version version) {
        List<AppliedMigration> rows = new ArrayList<>();
        for (Migration migration : upTo(bundle, version)) {
            rows.add(new AppliedMigration(
                    rows.size() + 1,
                    migration.version(),
                    migration.description(),
                    "SQL",
                    migration.up().name(),
                    migration.up().checksum(),
                    "",
                    Instant.now(),
                    0,
                    true));
        }
        return new History(true, rows);
    }

    private static List<Migration> upTo(Bundle bundle, Version version) {
        return bundle.migrations().stream()
                .filter(migration -> migration.version().compareTo(version) <= 0)
                .toList();
    }
}
