package io.schemajob.job.adopt;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import io.schemajob.job.RunSession;
import io.schemajob.migration.HistoryWriter;
import io.schemajob.migration.history.AppliedMigration;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryChange;
import io.schemajob.migration.mirror.HistoryMirror;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Records migrations as applied without running them, for {@code baseline} and for schemas that are taken over. */
public final class HistoryRecorder {
    private HistoryRecorder() {}

    /** Records every migration up to the version that the history does not have yet; returns how many. */
    static int record(RunSession session, Version version) {
        return record(session, version, HistoryMirror.of(session.migration()));
    }

    /** The same, and mirrors another tool's history from now on, or none. */
    static int record(RunSession session, Version version, HistoryMirror kept) {
        HistoryChange change = new HistoryWriter(session.migration())
                .write(history -> HistoryChange.upTo(session.bundle(), history, version), kept);
        session.historyNow();
        return change.recorded().size();
    }

    /** The history as recording would leave it, for dry runs. */
    public static History preview(Bundle bundle, Version version) {
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
