package io.schemajob.database.lock;

import io.schemajob.report.log.Heartbeat;
import io.schemajob.report.log.Log;
import io.schemajob.report.text.Untrusted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tells of a statement that takes long, from time to time: what it waits for, or how far it is. PostgreSQL says that of index
 * builds, COPY, CLUSTER and VACUUM; of others, such as VALIDATE CONSTRAINT, only that they are at work.
 *
 * @see <a href="https://www.postgresql.org/docs/current/progress-reporting.html">Progress reporting</a>
 */
final class LongStatement {
    /** What is not known is null; a view that another user may not see has nulls too. */
    private static final String SQL =
            """
            SELECT a.wait_event_type, a.wait_event, p.what, p.phase, p.done, p.total
            FROM pg_catalog.pg_stat_activity a LEFT JOIN (
                SELECT pid, lower(command) AS what, phase,
                       CASE WHEN lockers_total > 0 THEN lockers_done WHEN blocks_total > 0 THEN blocks_done ELSE tuples_done END AS done,
                       CASE WHEN lockers_total > 0 THEN lockers_total WHEN blocks_total > 0 THEN blocks_total ELSE tuples_total END AS total
                FROM pg_catalog.pg_stat_progress_create_index
                UNION ALL
                SELECT pid, lower(command), 'copying bytes', bytes_processed, bytes_total FROM pg_catalog.pg_stat_progress_copy
                UNION ALL
                SELECT pid, lower(command), phase, heap_blks_scanned, heap_blks_total FROM pg_catalog.pg_stat_progress_cluster
                UNION ALL
                SELECT pid, 'vacuum', phase, heap_blks_scanned, heap_blks_total FROM pg_catalog.pg_stat_progress_vacuum
            ) p ON p.pid = a.pid
            WHERE a.pid = ?
            """;

    private final Connection lockConnection;
    private final Log log;

    LongStatement(Connection lockConnection, Log log) {
        this.lockConnection = lockConnection;
        this.log = log;
    }

    /** What is waited for, or null. */
    @FunctionalInterface
    interface Wait {
        String find() throws SQLException;
    }

    /**
     * Begins to count the time of a statement; close the result when it has ended.
     *
     * @param what as {@link Heartbeat#begin} takes it
     */
    Heartbeat watch(int pid, String what, Wait wait) {
        return Heartbeat.begin(log, what, () -> facts(pid, wait));
    }

    private String facts(int pid, Wait wait) {
        List<String> facts = new ArrayList<>();
        try {
            String waits = wait.find();
            if (waits != null) {
                facts.add(Untrusted.text(waits));
            }
            try (PreparedStatement statement = lockConnection.prepareStatement(SQL)) {
                statement.setInt(1, pid);
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        progress(row, facts);
                        if (waits == null && row.getString(1) != null) {
                            facts.add("waits for %s (%s)".formatted(row.getString(2), row.getString(1)));
                        }
                    }
                }
            }
        } catch (SQLException | RuntimeException e) {
            // What ails the session, those tell who work with it.
            log.debug("How far the statement is could not be asked: " + Untrusted.text(e.getMessage()));
        }
        return String.join("; ", facts);
    }

    private static void progress(ResultSet row, List<String> facts) throws SQLException {
        if (row.getString(3) == null) {
            return;
        }
        long done = row.getLong(5);
        long total = row.getLong(6);
        String share = total <= 0
                ? String.format(Locale.ROOT, "%,d", done)
                : String.format(Locale.ROOT, "%,d of %,d (%d %%)", done, total, Math.min(100, 100 * done / total));
        facts.add("%s: %s, %s".formatted(row.getString(3), row.getString(4), share));
    }
}
