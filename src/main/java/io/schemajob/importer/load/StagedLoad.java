package io.schemajob.importer.load;

import io.schemajob.database.lock.LockWatch;
import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.reverse.OldKeys;
import io.schemajob.importer.validate.RowHasher;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads by way of temporary tables without constraints, so that everything that does not fit is found and not only the
 * first of it, and rows that do fit can be told from those that do not.
 */
final class StagedLoad {
    private final LoadContext context;
    private final IdMap ids;
    private final OldKeys keys;
    private final Rejects rejects;
    private final RowFindings findings;
    private final List<StagingTable> stages = new ArrayList<>();
    private final ConstraintCheck violations;

    StagedLoad(LoadContext context, IdMap ids, OldKeys keys, Rejects rejects, RowFindings findings) {
        this.context = context;
        this.ids = ids;
        this.keys = keys;
        this.rejects = rejects;
        this.findings = findings;
        for (TablePlan table : context.plan().tables()) {
            stages.add(new StagingTable(table, stages.size()));
        }
        this.violations = new ConstraintCheck(context.session(), stages, context.append());
    }

    /**
     * Loads what may be loaded.
     *
     * @return the tables, or null if something does not fit and there is no file for it; {@link RowFindings} says what
     */
    List<LoadedTable> run() throws Exception {
        violations.create();
        ServerFindings server = new ServerFindings(context, findings);
        ProgressReporter meter = new ProgressReporter(context.log(), context.total());
        for (StagingTable stage : stages) {
            context.log()
                    .debug("Looking at every row of " + stage.table().source().name());
            meter.table(stage.table().name());
            stage.create(context.session());
            stage.fill(context, findings, meter);
            violations.compute(stage, server, context);
            stage.analyze(context.session());
        }
        violations.find(server, context);
        context.cancellation().check();
        if (!rejects.wanted() && findings.count() > 0) {
            return null;
        }
        try (LockWatch.Watch watch = context.phase("Looking for rows that refer to those that do not fit")) {
            violations.reject();
        }
        return load();
    }

    private List<LoadedTable> load() throws Exception {
        ids.begin();
        ProgressReporter meter = new ProgressReporter(context.log(), context.total());
        if (rejects.wanted()) {
            rejects.begin();
        }
        List<LoadedTable> loaded = new ArrayList<>();
        for (StagingTable stage : stages) {
            meter.table(stage.table().name());
            loaded.add(look(stage, meter));
        }
        SuspendedIndexes suspended = SuspendedIndexes.of(context, DirectLoad.suspendable(context));
        int moved = 0;
        for (StagingTable stage : stages) {
            String what =
                    "Moving rows into %s (%d of %d)".formatted(stage.table().name(), ++moved, stages.size());
            try (LockWatch.Watch watch = context.phase(what)) {
                stage.moveAccepted(context.session());
            } catch (SQLException e) {
                throw ServerRefusal.named(stage.table().name(), e);
            }
        }
        suspended.restore(context);
        return loaded;
    }

    /** Goes through the source again, now knowing which rows are loaded and how. */
    private LoadedTable look(StagingTable stage, ProgressReporter meter) throws Exception {
        TablePlan table = stage.table();
        Connection session = context.session();
        DirectLoad.Accepted accepted = new DirectLoad.Accepted(context, table, ids, keys);
        RowConverter converter = new RowConverter(table);
        RowHasher all = new RowHasher(table);
        long[] counts = new long[3];
        try (RowIdCursor found =
                        new RowIdCursor(session, ConstraintCheck.FINDINGS, "columns || ' ' || reason", stage.number());
                RowIdCursor adjusted = new RowIdCursor(session, ConstraintCheck.ADJUSTED, "columns", stage.number())) {
            TableScan.run(context.source(), table, context.batchSize(), context.cancellation(), row -> {
                List<String> reasons = new ArrayList<>();
                CanonicalValue[] values = converter.convert(
                        row,
                        (rowId, column, value, reason) -> reasons.add(column.sourceName() + " " + reason.getMessage()));
                meter.addOne();
                if (context.validate()) {
                    all.addIfComplete(values);
                }
                reasons.addAll(found.at(row.rowId()));
                List<String> changes = adjusted.at(row.rowId());
                counts[0]++;
                if (!reasons.isEmpty()) {
                    rejects.add(table, row.rowId(), row.values(), reasons);
                    counts[1]++;
                    return;
                }
                setNull(table, values, changes);
                counts[2] += changes.isEmpty() ? 0 : 1;
                accepted.add(row, values);
            });
        }
        return accepted.end(counts[0], all.sums(), counts[1], counts[2]);
    }

    private static void setNull(TablePlan table, CanonicalValue[] values, List<String> changes) {
        for (String columns : changes) {
            columns.lines().forEach(column -> values[table.index(column)] = null);
        }
    }
}
