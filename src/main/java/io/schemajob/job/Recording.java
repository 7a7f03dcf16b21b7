package io.schemajob.job;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.Migration;
import io.schemajob.bundle.Version;
import io.schemajob.migration.AppliedMigration;
import io.schemajob.migration.History;
import io.schemajob.migration.HistoryChange;
import io.schemajob.migration.HistoryWriter;
import io.schemajob.migration.KeptHistory;
import io.schemajob.migration.MigrationSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Records migrations as applied without running them, for {@code baseline} and for schemas that are taken over. */
final class Recording {
    private Recording() {}

    /** Records every migration up to the version that the history does not have yet; returns how many. */
    static int record(Workspace workspace, Version version) {
        MigrationSession session = workspace.migrationSession();
        return record(workspace, session, version, KeptHistory.of(session));
    }

    /** The same, and keeps another tool's history in step from now on, or none. */
    static int record(Workspace workspace, MigrationSession session, Version version, KeptHistory kept) {
        HistoryChange change = new HistoryWriter(session)
                .write(history -> HistoryChange.upTo(workspace.bundle(), history, version), kept);
        workspace.historyNow();
        return change.recorded().size();
    }

    /** The history as recording would leave it, for dry runs. */
    static History preview(Bundle bundle, Version version) {
        List<AppliedMigration> rows = new ArrayList<>();
        for (Migration migration :
                HistoryChange.upTo(bundle, History.none(), version).recorded()) {
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
}
