package io.schemajob.importer.load;

import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.sqlite.RowReader;
import io.schemajob.importer.validate.RowHasher;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
    private final Rejects rejects;
    private final RowFindings findings;
    private final List<StagingTable> stages = new ArrayList<>();
    private final ConstraintCheck violations;

    StagedLoad(LoadContext context, IdMap ids, Rejects rejects, RowFindings findings) {
        this.context = context;
        this.ids = ids;
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
        for (StagingTable stage : stages) {
            context.log()
                    .debug("Looking at every row of " + stage.table().source().name());
            stage.create(context.session());
            stage.fill(context.session(), context.source(), context.batchSize(), findings, context.cancellation());
        }
        violations.find();
        collect();
        if (!rejects.wanted() && findings.count() > 0) {
            return null;
        }
        violations.reject();
        return load();
    }

    private List<LoadedTable> load() throws Exception {
        ids.begin();
        if (rejects.wanted()) {
            rejects.begin();
        }
        List<LoadedTable> loaded = new ArrayList<>();
        for (StagingTable stage : stages) {
            loaded.add(look(stage));
        }
        List<TablePlan> empty =
                context.plan().cyclic() && !context.append() ? context.plan().tables() : List.of();
        SuspendedIndexes suspended = SuspendedIndexes.of(context.session(), empty);
        for (StagingTable stage : stages) {
            stage.moveAccepted(context.session());
        }
        suspended.restore();
        return loaded;
    }

    /** Goes through the source again, now knowing which rows are loaded and how. */
    private LoadedTable look(StagingTable stage) throws Exception {
        TablePlan table = stage.table();
        Connection session = context.session();
        DirectLoad.Accepted accepted = new DirectLoad.Accepted(context, table, ids);
        RowConverter converter = new RowConverter(table);
        RowHasher all = new RowHasher(table);
        long[] counts = new long[3];
        try (RowIdCursor found =
                        new RowIdCursor(session, ConstraintCheck.FINDINGS, "columns || ' ' || reason", stage.number());
                RowIdCursor adjusted = new RowIdCursor(session, ConstraintCheck.ADJUSTED, "columns", stage.number())) {
            TableScan.run(context.source(), table, context.batchSize(), context.cancellation(), row -> {
                List<String> reasons = new ArrayList<>();
                CanonicalValue[] values = converter.convert(
                        row, (rowId, column, value, reason) -> reasons.add(column.sourceName() + " " + reason));
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

    /** Fetches the first of the server's findings, each with the value that the source has. */
    private void collect() throws SQLException {
        long all = violations.count(false) + violations.count(true);
        String sql = "SELECT stage, row_id, columns, reason FROM %s ORDER BY stage, row_id LIMIT ?"
                .formatted(ConstraintCheck.FINDINGS);
        int room = findings.room();
        try (PreparedStatement statement = context.session().prepareStatement(sql)) {
            statement.setInt(1, room);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    TablePlan table = stages.get(row.getInt(1)).table();
                    findings.add(new RowFinding(
                            table.source().name(),
                            row.getLong(2),
                            row.getString(3),
                            value(table, row.getLong(2), row.getString(3)),
                            row.getString(4)));
                }
            }
        }
        findings.addUnseen(Math.max(0, all - room));
    }

    private String value(TablePlan table, long rowId, String columns) throws SQLException {
        List<String> names = table.read().stream()
                .filter(name -> List.of(columns.split(", ")).contains(name))
                .toList();
        SourceValue[] values = RowReader.one(context.source(), table.source(), names, rowId);
        List<String> shown = new ArrayList<>();
        for (int i = 0; values != null && i < values.length; i++) {
            shown.add(values[i].shown());
        }
        return String.join(", ", shown);
    }
}
