package io.schemajob.importer.load;

import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.mapping.ImportPlan;
import io.schemajob.importer.mapping.SourceColumn;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.sqlite.RowReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;

/** Names rows by their keys, as people know them: a rowid is what SQLite knows, and changes with a VACUUM. */
public record RowKeys(Connection source, ImportPlan plan) {
    /** The finding with the key of its row. */
    public RowFinding named(RowFinding finding) {
        return plan.tables().stream()
                .filter(table -> table.source().name().equals(finding.table()))
                .findFirst()
                .map(table -> finding.withKey(key(table, finding)))
                .orElse(finding);
    }

    private String key(TablePlan table, RowFinding finding) {
        List<SourceColumn> columns = columns(table);
        List<String> names = columns.stream().map(SourceColumn::name).toList();
        boolean rowid = columns.size() == 1 && columns.get(0).declaredType().equalsIgnoreCase("INTEGER");
        if (names.isEmpty() || rowid || finding.column().equals(String.join(", ", names))) {
            return "";
        }
        try {
            SourceValue[] values = RowReader.one(source, table.source(), names, finding.row());
            StringJoiner key = new StringJoiner(", ");
            for (int i = 0; values != null && i < values.length; i++) {
                key.add(names.get(i) + " " + values[i].shown());
            }
            return key.toString();
        } catch (SQLException e) {
            // The place of the row is known anyway; the run ends with what it was about to tell.
            return "";
        }
    }

    /** Those of SQLite's key; without one, those that the target's key is made of. */
    private static List<SourceColumn> columns(TablePlan table) {
        List<SourceColumn> key = table.source().columns().stream()
                .filter(column -> column.keyPosition() > 0)
                .sorted(Comparator.comparingInt(SourceColumn::keyPosition))
                .toList();
        if (!key.isEmpty()) {
            return key;
        }
        return table.key().stream()
                .map(index -> table.columns().get(index).sourceName())
                .filter(Objects::nonNull)
                .flatMap(name -> table.source().column(name).stream())
                .toList();
    }
}
