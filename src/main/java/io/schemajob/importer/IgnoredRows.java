package io.schemajob.importer;

import io.schemajob.importer.mapping.ImportMapping;
import io.schemajob.importer.mapping.SourceColumn;
import io.schemajob.importer.mapping.SourceLayout;
import io.schemajob.importer.mapping.SourceTable;
import io.schemajob.importer.mapping.TableMapping;
import io.schemajob.importer.reverse.Loss;
import io.schemajob.importer.sqlite.SourceSchema;
import io.schemajob.importer.sqlite.Sqlite;
import io.schemajob.report.text.Counted;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code ignore} leaves behind: it is in the file that was imported, and in none that an export writes. */
record IgnoredRows(Connection source, SourceLayout layout, ImportMapping mapping) {

    /** Tables that have rows and columns that have values. */
    List<Loss> find() throws SQLException {
        List<Loss> found = new ArrayList<>();
        for (String name : mapping.ignored()) {
            SourceTable table = table(name);
            long rows = table == null || table.derived() ? 0 : SourceSchema.count(source, table);
            if (rows > 0) {
                found.add(Loss.said(table.name(), "", rows, Counted.of(rows, "row") + " will be missing (ignore)"));
            }
        }
        for (TableMapping mapped : mapping.tables()) {
            SourceTable table = mapped.query() == null ? table(mapped.source()) : null;
            for (String name : table == null || table.derived() ? List.<String>of() : mapped.ignored()) {
                SourceColumn column = table.column(name).orElse(null);
                long values = column == null || column.generated() ? 0 : values(table, column);
                if (values > 0) {
                    found.add(Loss.said(
                            table.name(),
                            column.name(),
                            values,
                            Counted.of(values, "value") + " will be missing (ignore)"));
                }
            }
        }
        return found;
    }

    /** Names that the file does not have: misspelled, or of another state of the file, which a mapping may be for as well. */
    List<String> absent() {
        List<String> absent = new ArrayList<>(
                mapping.ignored().stream().filter(name -> table(name) == null).toList());
        for (TableMapping mapped : mapping.tables()) {
            SourceTable table = mapped.query() == null
                    ? table(mapped.source())
                    : layout.queries().get(mapped.target());
            mapped.ignored().stream()
                    .filter(name -> table.column(name).isEmpty())
                    .forEach(name -> absent.add(mapped.source() + "." + name));
        }
        return absent.stream().sorted().toList();
    }

    private SourceTable table(String name) {
        return layout.tables().get(name.toLowerCase(Locale.ROOT));
    }

    private long values(SourceTable table, SourceColumn column) throws SQLException {
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(%s) FROM %s"
                        .formatted(Sqlite.quote(column.name()), Sqlite.quote(table.name())))) {
            row.next();
            return row.getLong(1);
        }
    }
}
