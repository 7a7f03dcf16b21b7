package io.schemajob.importer.load;

import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.reverse.Loss;
import io.schemajob.importer.reverse.OldKeys;
import io.schemajob.importer.reverse.WayBack;
import io.schemajob.importer.sqlite.SourceRow;
import io.schemajob.importer.validate.Checksums;
import io.schemajob.importer.validate.RowHasher;
import io.schemajob.importer.validate.Samples;
import io.schemajob.report.text.Counted;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies straight into the tables, in the hope that everything fits. The first value that does not, ours or the server's
 * to find, ends it; the caller rolls back to where it began.
 */
final class DirectLoad {
    /** Below this, building indexes anew saves nothing, and leaves their locks out. */
    static final long FEW_ROWS = 10_000;

    private final LoadContext context;
    private final IdMap ids;
    private final OldKeys keys;
    private final ProgressReporter meter;

    DirectLoad(LoadContext context, IdMap ids, OldKeys keys) {
        this.context = context;
        this.ids = ids;
        this.keys = keys;
        this.meter = new ProgressReporter(context.log(), context.total());
    }

    /**
     * Loads all tables.
     *
     * @throws DirtyData at the first value that does not fit
     * @throws Exception an SQLException of the server, or of SQLite
     */
    List<LoadedTable> run() throws Exception {
        ids.begin();
        SuspendedIndexes suspended = SuspendedIndexes.of(context, suspendable(context));
        if (suspended.count() > 0) {
            context.log().debug("%d keys and indexes are made when the rows are there".formatted(suspended.count()));
        }
        List<LoadedTable> loaded = new ArrayList<>();
        for (TablePlan table : context.plan().tables()) {
            loaded.add(load(table));
        }
        context.log().debug("All rows are copied; making keys and indexes");
        suspended.restore(context);
        return loaded;
    }

    /** Tables whose indexes and foreign keys are cheaper to make when the rows are there. */
    static List<TablePlan> suspendable(LoadContext context) {
        if (context.append()) {
            return List.of();
        }
        return context.plan().tables().stream()
                .filter(table -> table.target().owned())
                .filter(table -> context.plan().cyclic() || context.counts().get(table.name()) >= FEW_ROWS)
                .toList();
    }

    private LoadedTable load(TablePlan table) throws Exception {
        context.log().debug("Copying " + table.name());
        meter.table(table.name());
        Accepted accepted = new Accepted(context, table, ids, keys);
        RowConverter converter = new RowConverter(table);
        String sql = "COPY %s (%s) FROM STDIN (FORMAT binary)"
                .formatted(table.target().sql(), StagingTable.columns(table));
        long rows = new Pipeline(context.cancellation())
                .copy(
                        context.session(),
                        sql,
                        out -> {
                            BinaryRow.begin(out);
                            TableScan.run(context.source(), table, context.batchSize(), context.cancellation(), row -> {
                                CanonicalValue[] values = convert(converter, row);
                                accepted.add(row, values);
                                out.putShort(converter.width());
                                converter.put(out, values);
                                out.endRow();
                            });
                            BinaryRow.end(out);
                        },
                        meter::add);
        return accepted.end(rows);
    }

    private static CanonicalValue[] convert(RowConverter converter, SourceRow row) throws DirtyData {
        return converter.convert(row, (rowId, column, value, reason) -> {
            throw new DirtyData("row %d, column %s: %s".formatted(rowId, column.name(), reason.getMessage()));
        });
    }

    /** What is remembered of rows that are loaded. */
    static final class Accepted {
        private final TablePlan table;
        private final IdMap ids;
        private final int idColumn;
        private final boolean validate;
        private final RowHasher tally;
        private final Samples samples;
        private final WayBack wayBack;
        private long newIds;

        Accepted(LoadContext context, TablePlan table, IdMap ids, OldKeys keys) throws SQLException {
            this.table = table;
            this.ids = ids;
            this.idColumn = table.idColumn();
            this.validate = context.validate();
            this.tally = new RowHasher(table);
            this.samples = new Samples(table, context.counts().get(table.name()));
            this.wayBack = new WayBack(table, context.layout(table), keys);
        }

        void add(SourceRow row, CanonicalValue[] values) throws IOException, SQLException {
            if (ids.add(table, idColumn, row.values(), values)) {
                newIds++;
            }
            wayBack.add(row.rowId(), row.values(), values);
            if (validate) {
                tally.add(values);
                samples.offer(values);
            }
        }

        /** All rows of the source were loaded as they are. */
        LoadedTable end(long read) {
            return end(read, tally.sums(), 0, 0);
        }

        LoadedTable end(long read, Checksums source, long rejected, long adjusted) {
            return new LoadedTable(table, read, source, tally.sums(), samples, rejected, adjusted, losses(read));
        }

        private List<Loss> losses(long rows) {
            if (table.source().derived()) {
                return rows > 0 ? List.of(Loss.ofTable(table.name(), rows)) : List.of();
            }
            List<Loss> losses = new ArrayList<>(wayBack.losses());
            if (newIds > 0) {
                losses.add(Loss.said(
                        table.name(),
                        table.columns().get(idColumn).name(),
                        newIds,
                        Counted.of(
                                newIds,
                                "id was made anew; an export needs the file of --id-map for it",
                                "ids were made anew; an export needs the file of --id-map for them")));
            }
            return losses;
        }
    }
}
