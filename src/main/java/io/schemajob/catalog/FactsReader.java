package io.schemajob.catalog;

import io.schemajob.catalog.ddl.Facts;
import io.schemajob.catalog.ddl.Facts.MissingRow;
import io.schemajob.catalog.model.Row;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.database.query.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds out which tables may hold rows, from the size of their files, and which required rows they lack. */
final class FactsReader {
    private static final String SIZES =
            """
            SELECT c.relname, sum(pg_catalog.pg_relation_size(p.oid)) AS bytes,
                   sum(greatest(p.reltuples, 0))::bigint AS estimate, bool_or(p.reltuples < 0) AS unknown
              FROM pg_catalog.pg_class c
              JOIN LATERAL (SELECT c.oid AS relid
                            UNION ALL
                            SELECT t.relid::oid FROM pg_catalog.pg_partition_tree(CASE WHEN c.relkind = 'p' THEN c.oid END) t
                             WHERE t.isleaf AND t.relid <> c.oid) m ON true
              JOIN pg_catalog.pg_class p ON p.oid = m.relid AND p.relkind IN ('r', 'm')
             WHERE c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname = ?)
               AND c.relkind IN ('r', 'p', 'm')
             GROUP BY c.relname HAVING sum(pg_catalog.pg_relation_size(p.oid)) > 0
            """;

    private final Connection connection;
    private final String schema;
    private final Schema declared;
    private final Schema live;

    FactsReader(Connection connection, String schema, Schema declared, Schema live) {
        this.connection = connection;
        this.schema = schema;
        this.declared = declared;
        this.live = live;
    }

    Facts read(boolean assumeRows) throws SQLException {
        Map<String, Long> rows = new HashMap<>();
        if (assumeRows) {
            live.tables().keySet().forEach(name -> rows.put(name, -1L));
            live.views().values().stream()
                    .filter(view -> view.materialized())
                    .forEach(view -> rows.put(view.name(), -1L));
        }
        try (PreparedStatement statement = connection.prepareStatement(SIZES)) {
            statement.setString(1, schema);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.put(result.getString(1), result.getBoolean(4) ? -1 : result.getLong(3));
                }
            }
        }
        return new Facts(rows, missingRows());
    }

    /** A row whose columns are not all there yet cannot be there either. */
    private List<MissingRow> missingRows() throws SQLException {
        List<RowCheck.Missing> missing = new ArrayList<>(RowCheck.missing(connection, schema, declared, live));
        for (Table table : declared.tables().values()) {
            Table present = live.tables().get(table.name());
            table.rows().stream()
                    .filter(row -> present != null && !RowCheck.hasColumns(present, row))
                    .forEach(row -> missing.add(new RowCheck.Missing(table, row)));
        }
        List<MissingRow> rows = new ArrayList<>();
        for (RowCheck.Missing row : missing) {
            rows.add(new MissingRow(row.table().name(), row.row(), present(row)));
        }
        return rows;
    }

    /** What the row with the same primary key holds in the declared columns; null if there is none. */
    private Row present(RowCheck.Missing missing) throws SQLException {
        Table table = live.tables().get(missing.table().name());
        Map<String, String> wanted = missing.row().values();
        List<String> key = missing.table().primaryKey() == null
                ? List.of()
                : missing.table().primaryKey().columns();
        boolean keyed = !key.isEmpty()
                && key.stream()
                        .allMatch(c -> wanted.get(c) != null && table.column(c).isPresent());
        if (!keyed) {
            return null;
        }
        List<String> columns = wanted.keySet().stream()
                .filter(c -> table.column(c).isPresent())
                .toList();
        String sql = "SELECT %s FROM %s.%s WHERE %s"
                .formatted(
                        columns.stream()
                                .map(c -> Identifiers.quote(c) + "::text")
                                .collect(Collectors.joining(", ")),
                        Identifiers.quote(schema),
                        Identifiers.quote(table.name()),
                        key.stream()
                                .map(c -> Identifiers.quote(c) + "::text = ?")
                                .collect(Collectors.joining(" AND ")));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < key.size(); i++) {
                statement.setString(i + 1, wanted.get(key.get(i)));
            }
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? row(result, columns) : null;
            }
        }
    }

    private static Row row(ResultSet result, List<String> columns) throws SQLException {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            cells.put(columns.get(i), result.getString(i + 1));
        }
        return new Row(cells);
    }
}
