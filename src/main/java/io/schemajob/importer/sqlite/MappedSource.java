package io.schemajob.importer.sqlite;

import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.mapping.ColumnMapping;
import io.schemajob.importer.mapping.ImportMapping;
import io.schemajob.importer.mapping.Lookup;
import io.schemajob.importer.mapping.SourceColumn;
import io.schemajob.importer.mapping.SourceLayout;
import io.schemajob.importer.mapping.SourceTable;
import io.schemajob.importer.mapping.TableMapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads what a mapping draws on: tables, views, its queries and its lookups. */
public final class MappedSource {
    /** Entries of a lookup, which is kept in memory. */
    private static final int MOST = 100_000;

    private final Connection source;
    private final Map<String, SourceTable> tables;
    private final Map<String, SourceTable> queries = new HashMap<>();
    private final Map<Lookup, Map<String, String>> lookups = new HashMap<>();
    private final Map<Object, String> errors = new HashMap<>();

    private MappedSource(Connection source) throws SQLException {
        this.source = source;
        this.tables = SourceSchema.read(source);
    }

    /** What is wrong with a query or a lookup is not thrown but told in {@link SourceLayout#errors}. */
    public static SourceLayout read(Connection source, ImportMapping mapping) throws SQLException {
        MappedSource reader = new MappedSource(source);
        for (TableMapping table : mapping.tables()) {
            if (table.query() != null) {
                reader.query(table);
            }
            for (ColumnMapping column : table.columns()) {
                if (column.lookup() != null) {
                    reader.lookup(column.lookup());
                }
            }
        }
        return new SourceLayout("the SQLite file", reader.tables, reader.queries, reader.lookups, reader.errors);
    }

    private void query(TableMapping table) throws SQLException {
        String query = table.query().strip().replaceAll(";+$", "");
        try (Statement statement = source.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM (" + query + "\n) LIMIT 0")) {
            ResultSetMetaData row = none.getMetaData();
            List<SourceColumn> columns = new ArrayList<>();
            for (int i = 1; i <= row.getColumnCount(); i++) {
                columns.add(new SourceColumn(row.getColumnName(i), "", false, 0));
            }
            queries.put(table.target(), new SourceTable(table.source(), List.copyOf(columns), null, query, true));
        } catch (SQLException e) {
            tell(table.target(), e);
        }
    }

    private void lookup(Lookup lookup) throws SQLException {
        String sql = "SELECT 0, %s, %s FROM %s"
                .formatted(Sqlite.quote(lookup.key()), Sqlite.quote(lookup.value()), Sqlite.quote(lookup.table()));
        Map<String, String> values = new HashMap<>();
        try {
            // A name that is none would be a text to SQLite.
            requireColumns(lookup);
            SourceRow[] batch = SourceRow.batch(1, 2);
            try (RowReader reader = RowReader.of(source, source.prepareStatement(sql), 2)) {
                while (reader.next(batch) > 0) {
                    SourceValue[] row = batch[0].values();
                    if (row[0].isNull()) {
                        continue;
                    }
                    String key = row[0].words();
                    boolean twice = values.containsKey(key);
                    values.put(key, row[1].isNull() ? null : row[1].words());
                    if (twice) {
                        errors.put(lookup, "the key %s is there twice".formatted(row[0].shown()));
                    }
                    if (values.size() > MOST) {
                        errors.put(lookup, "it has more than %,d keys".formatted(MOST));
                        return;
                    }
                }
            }
            lookups.put(lookup, values);
        } catch (SQLException e) {
            tell(lookup, e);
        }
    }

    private void tell(Object what, SQLException e) throws SQLException {
        if (SqliteInterrupt.caused(e)) {
            throw e;
        }
        errors.put(what, e.getMessage());
    }

    private void requireColumns(Lookup lookup) throws SQLException {
        SourceTable table = tables.get(lookup.table().toLowerCase(Locale.ROOT));
        if (table == null) {
            throw new SQLException("there is no table " + lookup.table());
        }
        for (String column : List.of(lookup.key(), lookup.value())) {
            if (table.column(column).isEmpty()) {
                throw new SQLException("there is no column " + column);
            }
        }
    }
}
