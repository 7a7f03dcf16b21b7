package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Row;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Required rows: new tables get all of theirs, tables that are there those that are missing. */
final class RowOperations {
    private final Scene scene;
    private final List<Operation> operations = new ArrayList<>();

    RowOperations(Scene scene) {
        this.scene = scene;
    }

    List<Operation> operations() {
        for (Table table : scene.goal().to().tables().values()) {
            if (!scene.goal().from().tables().containsKey(table.name())) {
                table.rows().forEach(row -> insert(table, row));
            }
        }
        for (Facts.MissingRow missing : scene.facts().missingRows()) {
            Table table = scene.goal().to().tables().get(missing.table());
            if (missing.present() == null) {
                insert(table, missing.row());
            } else {
                update(table, missing.row(), missing.present());
            }
        }
        return operations;
    }

    private void insert(Table table, Row row) {
        String columns = row.values().keySet().stream().map(SqlText::name).collect(Collectors.joining(", "));
        String values = row.values().values().stream().map(RowOperations::value).collect(Collectors.joining(", "));
        String name = SqlText.name(table.name());
        boolean overriding = table.columns().stream()
                .anyMatch(column -> column.identity() != null && row.values().containsKey(column.name()));
        add(
                table,
                "INSERT INTO %s (%s)%s VALUES (%s)"
                        .formatted(name, columns, overriding ? " OVERRIDING SYSTEM VALUE" : "", values),
                "DELETE FROM %s WHERE %s".formatted(name, condition(table, row)));
    }

    /** Only the columns that are there before can be set back. */
    private void update(Table table, Row row, Row present) {
        List<String> columns = row.values().keySet().stream()
                .filter(column -> !table.primaryKey().columns().contains(column))
                .toList();
        List<String> kept =
                columns.stream().filter(present.values()::containsKey).toList();
        if (!columns.isEmpty()) {
            String where = " WHERE " + condition(table, row);
            String update = "UPDATE " + SqlText.name(table.name()) + " SET ";
            add(
                    table,
                    update + assignments(row, columns) + where,
                    kept.isEmpty() ? null : update + assignments(present, kept) + where);
        }
    }

    private static String assignments(Row row, List<String> columns) {
        return columns.stream()
                .map(column -> SqlText.name(column) + " = " + value(row.values().get(column)))
                .collect(Collectors.joining(", "));
    }

    private void add(Table table, String up, String down) {
        operations.add(Operation.of(
                Rank.ROWS,
                ObjectIdentity.only("row", table.name()),
                table.name(),
                List.of(up),
                down == null ? List.of() : List.of(down),
                new Operation.Effect(Set.of(), Set.of(), scene.universe().mentioned(up), Set.of())));
    }

    /** By the primary key, or by everything that is declared. */
    private static String condition(Table table, Row row) {
        boolean keyed = table.primaryKey() != null
                && row.values().keySet().containsAll(table.primaryKey().columns());
        return row.values().entrySet().stream()
                .filter(cell -> !keyed || table.primaryKey().columns().contains(cell.getKey()))
                .map(cell -> SqlText.name(cell.getKey())
                        + (cell.getValue() == null ? " IS NULL" : " = " + SqlText.literal(cell.getValue())))
                .collect(Collectors.joining(" AND "));
    }

    private static String value(String text) {
        return text == null ? "NULL" : SqlText.literal(text);
    }
}
