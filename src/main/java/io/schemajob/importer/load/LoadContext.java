package io.schemajob.importer.load;

import io.schemajob.database.lock.LockWatch;
import io.schemajob.importer.mapping.ImportPlan;
import io.schemajob.importer.mapping.SourceTable;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.log.Log;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;

/**
 * What every way of loading needs.
 *
 * @param session of the target, in a transaction
 * @param source the copy of the SQLite file, which nobody changes
 * @param counts rows of each source table, by target table
 * @param layout tables of the file that an export would write, by lower-case name; empty if nothing says so
 * @param append whether the target may have rows already
 * @param validate whether sums are to be computed
 * @param phases tells of phases of the server
 * @param batchSize rows that are read and reported at once
 */
public record LoadContext(
        Connection session,
        Connection source,
        ImportPlan plan,
        Map<String, Long> counts,
        Map<String, SourceTable> layout,
        boolean append,
        boolean validate,
        PhaseWatch phases,
        int batchSize,
        Log log,
        CancellationToken cancellation) {
    /** The table as an export would write it. */
    SourceTable layout(TablePlan table) {
        return layout.getOrDefault(table.source().name().toLowerCase(Locale.ROOT), table.source());
    }

    /** Begins a phase of the server; as {@link PhaseWatch#begin}. */
    public LockWatch.Watch phase(String what) throws SQLException {
        return phases.begin(session, what);
    }

    /** All rows of all tables. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
