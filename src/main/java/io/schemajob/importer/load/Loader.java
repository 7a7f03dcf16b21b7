package io.schemajob.importer.load;

import io.schemajob.database.lock.LockWatch;
import io.schemajob.database.query.SqlStates;
import io.schemajob.database.session.DeferredConstraints;
import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.reverse.OldKeys;
import io.schemajob.importer.validate.Checksums;
import io.schemajob.importer.validate.RowHasher;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteException;

/** Loads the fast way; and where something does not fit, once more the careful way, to say what. */
public final class Loader {
    private final LoadContext context;
    private final IdMap ids;
    private final Rejects rejects;

    public Loader(LoadContext context, IdMap ids, Rejects rejects) {
        this.context = context;
        this.ids = ids;
        this.rejects = rejects;
    }

    /**
     * Loads all tables.
     *
     * @return what was loaded; null if something does not fit, which {@code findings} tells
     */
    public List<LoadedTable> load(RowFindings findings) throws Exception {
        Savepoint before = context.session().setSavepoint();
        OldKeys keys = new OldKeys(
                context.source(),
                context.plan(),
                ids.tables(context.plan()),
                !context.append(),
                context.log(),
                context.cancellation());
        try {
            return settled(new DirectLoad(context, ids, keys).run(), before);
        } catch (DirtyData e) {
            context.log().debug("Not everything fits: " + e.getMessage());
        } catch (SQLException e) {
            if (e instanceof SQLiteException || !aboutData(e)) {
                throw e;
            }
            context.log().debug("The server refuses a row: " + e.getMessage());
        }
        context.session().rollback(before);
        context.log().detail("Some rows do not fit; looking at every row to tell which");
        return settled(new StagedLoad(context, ids, keys, rejects, findings).run(), before);
    }

    /**
     * What waits for the COMMIT happens now, and nothing waits from here on: it could refuse rows, or change them after they
     * are compared.
     */
    private List<LoadedTable> settled(List<LoadedTable> loaded, Savepoint before) throws SQLException {
        if (loaded != null) {
            try (LockWatch.Watch watch = context.phase("Running deferred triggers")) {
                DeferredConstraints.endDeferring(context.session());
            }
            // What is set behind a savepoint may end with it.
            context.session().releaseSavepoint(before);
        }
        return loaded;
    }

    /** Whether the server refuses a row, and not the whole undertaking. */
    public static boolean aboutData(SQLException e) {
        String state = SqlStates.of(e);
        return state.startsWith("22")
                || state.startsWith("23")
                || state.startsWith("54")
                || state.startsWith("44")
                || state.equals("P0001");
    }

    /**
     * What the source holds, without loading anything; values that do not fit count as NULL, and rows whose key does not
     * as rows without values. The file of ids is written once more: a run that was killed after its commit had none.
     */
    public Map<String, Checksums> sums() throws Exception {
        return sums((table, row) -> {});
    }

    /** Sees every row as SQLite holds it. */
    public interface Observer {
        void row(TablePlan table, SourceValue[] row);
    }

    /** The same, and lets somebody look at the rows on the way. */
    public Map<String, Checksums> sums(Observer observer) throws Exception {
        Map<String, Checksums> sums = new LinkedHashMap<>();
        ids.begin();
        ProgressReporter meter = new ProgressReporter(context.log(), context.total());
        for (TablePlan table : context.plan().tables()) {
            meter.table(table.name());
            RowHasher tally = new RowHasher(table);
            RowConverter converter = new RowConverter(table);
            int id = table.idColumn();
            int[] batch = {0};
            TableScan.run(context.source(), table, context.batchSize(), context.cancellation(), row -> {
                CanonicalValue[] values = converter.convert(row, (rowId, column, value, reason) -> {});
                observer.row(table, row.values());
                tally.addIfComplete(values);
                ids.add(table, id, row.values(), values);
                if (++batch[0] == context.batchSize()) {
                    meter.add(batch[0]);
                    batch[0] = 0;
                }
            });
            sums.put(table.name(), tally.sums());
        }
        return sums;
    }
}
