package io.schemajob.importer.load;

import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.sqlite.RowReader;
import io.schemajob.report.log.Progress;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes over what the server finds as soon as it is found: a run that is stopped rolls the server's own table of it back.
 */
final class ServerFindings implements ConstraintCheck.Listener {
    private static final String FIRST = "SELECT row_id, reason FROM %s WHERE number = ? ORDER BY row_id LIMIT ?"
            .formatted(ConstraintCheck.FINDINGS);

    private final LoadContext context;
    private final RowFindings findings;
    private final long begun = System.nanoTime();

    ServerFindings(LoadContext context, RowFindings findings) {
        this.context = context;
        this.findings = findings;
    }

    @Override
    public void begun(String table, int done, int all) {
        context.cancellation().check();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
        context.log().progress(new Progress(table, done, all, elapsed, "constraints"));
    }

    /** Fetches the first rows, each with the value that the source has. */
    @Override
    public void found(StagingTable stage, String columns, String kind, int number, long count) throws SQLException {
        TablePlan table = stage.table();
        List<RowFinding> examples = new ArrayList<>();
        try (PreparedStatement statement = context.session().prepareStatement(FIRST)) {
            statement.setInt(1, number);
            statement.setInt(2, findings.most());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    examples.add(new RowFinding(
                            table.source().name(),
                            row.getLong(1),
                            "",
                            columns,
                            value(stage, row.getLong(1), columns),
                            row.getString(2)));
                }
            }
        }
        findings.add(table.source().name(), columns, kind, count, examples);
    }

    /** That of the file; what the server fills is only in the staged row. */
    private String value(StagingTable stage, long rowId, String columns) throws SQLException {
        TablePlan table = stage.table();
        List<String> wanted = List.of(columns.split(", "));
        List<String> names = table.read().stream().filter(wanted::contains).toList();
        SourceValue[] values = RowReader.one(context.source(), table.source(), names, rowId);
        List<String> shown = new ArrayList<>();
        for (int i = 0; values != null && i < values.length; i++) {
            shown.add(values[i].shown());
        }
        for (String name : wanted) {
            if (!names.contains(name) && table.target().column(name).isPresent()) {
                shown.add(stage.value(context.session(), rowId, name));
            }
        }
        return String.join(", ", shown);
    }
}
