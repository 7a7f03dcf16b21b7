package io.schemajob.catalog;

import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.Difference.Severity;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Row;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.database.query.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Looks for the rows that must exist, with one query a table. Values are bound, and compared as text. */
public final class RowCheck {
    private RowCheck() {}

    /**
     * The declared rows that are not there.
     *
     * @param live tells which tables and columns are there: where they are missing, that was the finding
     */
    static List<Difference> missingRows(Connection connection, String schema, Schema declared, Schema live)
            throws SQLException {
        List<Difference> differences = new ArrayList<>();
        missing(connection, schema, declared, live)
                .forEach(missing -> differences.add(difference(missing.table(), missing.row())));
        for (String name : declared.further().keySet()) {
            if (live.further().containsKey(name)) {
                missing(
                                connection,
                                name,
                                declared.further().get(name),
                                live.further().get(name))
                        .forEach(missing -> differences.add(
                                difference(missing.table(), missing.row()).in(name)));
            }
        }
        return differences;
    }

    /** A declared row that is not there. */
    record Missing(Table table, Row row) {}

    static List<Missing> missing(Connection connection, String schema, Schema declared, Schema live)
            throws SQLException {
        List<Missing> missing = new ArrayList<>();
        for (Table table : declared.tables().values()) {
            Table present = live.tables().get(table.name());
            List<Row> rows = table.rows().stream()
                    .filter(row -> present != null && hasColumns(present, row))
                    .toList();
            if (!rows.isEmpty()) {
                missing.addAll(missing(connection, schema, table, rows));
            }
        }
        return missing;
    }

    static boolean hasColumns(Table table, Row row) {
        return row.values().keySet().stream()
                .allMatch(column -> table.column(column).isPresent());
    }

    private static List<Missing> missing(Connection connection, String schema, Table table, List<Row> rows)
            throws SQLException {
        List<Missing> missing = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query(schema, table, rows))) {
            int parameter = 0;
            for (Row row : rows) {
                for (String value : row.values().values()) {
                    if (value != null) {
                        statement.setString(++parameter, value);
                    }
                }
            }
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                Boolean[] found = (Boolean[]) result.getArray(1).getArray();
                for (int i = 0; i < found.length; i++) {
                    if (!found[i]) {
                        missing.add(new Missing(table, rows.get(i)));
                    }
                }
            }
        }
        return missing;
    }

    private static String query(String schema, Table table, List<Row> rows) {
        String from = Identifiers.quote(schema) + "." + Identifiers.quote(table.name());
        return rows.stream()
                .map(row -> "EXISTS (SELECT FROM " + from + " WHERE " + condition(row) + ")")
                .collect(Collectors.joining(", ", "SELECT ARRAY[", "]"));
    }

    private static String condition(Row row) {
        return row.values().entrySet().stream().map(RowCheck::condition).collect(Collectors.joining(" AND "));
    }

    private static String condition(Map.Entry<String, String> cell) {
        return Identifiers.quote(cell.getKey()) + (cell.getValue() == null ? " IS NULL" : "::text = ?");
    }

    private static Difference difference(Table table, Row row) {
        return Difference.missing(ObjectIdentity.only("row", table.name()), row.values(), null, Severity.DRIFT);
    }
}
