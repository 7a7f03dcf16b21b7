package io.schemajob.catalog.docs;

import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.report.text.Printable;

/**
 * A declared schema as an entity relationship diagram.
 *
 * @see <a href="https://mermaid.js.org/syntax/entityRelationshipDiagram.html">Mermaid: entity relationship diagrams</a>
 */
public final class MermaidDiagram {
    private MermaidDiagram() {}

    public static String of(Schema schema) {
        return of(schema, "");
    }

    /** @param main name of the schema, as its further ones use it */
    public static String of(Schema schema, String main) {
        StringBuilder text = new StringBuilder("erDiagram\n");
        add(text, schema, "", main);
        schema.further().forEach((name, further) -> add(text, further, name + ".", main));
        return text.toString();
    }

    /** @param prefix of the tables; keys that lead out of their schema have names with a schema already */
    private static void add(StringBuilder text, Schema schema, String prefix, String main) {
        schema.tables().values().forEach(table -> entity(text, table, prefix));
        for (Table table : schema.tables().values()) {
            for (ForeignKey key : table.foreignKeys()) {
                text.append("    %s %s--o{ %s : \"%s\"\n"
                        .formatted(
                                name(target(key.table(), schema, prefix, main)),
                                mayBeAbsent(table, key) ? "|o" : "||",
                                name(prefix + table.name()),
                                Printable.line(String.join(", ", key.columns())).replace("\"", "'")));
            }
        }
    }

    private static String target(String table, Schema schema, String prefix, String main) {
        if (schema.tables().containsKey(table)) {
            return prefix + table;
        }
        return table.startsWith(main + ".") ? table.substring(main.length() + 1) : table;
    }

    private static void entity(StringBuilder text, Table table, String prefix) {
        text.append("    ").append(name(prefix + table.name())).append(" {\n");
        for (Column column : table.columns()) {
            text.append("        %s %s%s\n"
                    .formatted(type(column.type()), name(column.name()), marks(table, column.name())));
        }
        text.append("    }\n");
    }

    private static String marks(Table table, String column) {
        boolean primary =
                table.primaryKey() != null && table.primaryKey().columns().contains(column);
        boolean foreign =
                table.foreignKeys().stream().anyMatch(key -> key.columns().contains(column));
        if (primary && foreign) {
            return " PK, FK";
        }
        return primary ? " PK" : foreign ? " FK" : "";
    }

    /** Whether a row may refer to none. */
    static boolean mayBeAbsent(Table table, ForeignKey key) {
        return key.columns().stream()
                .anyMatch(name -> table.column(name).map(Column::nullable).orElse(false));
    }

    /** Mermaid's grammar takes letters, digits, underscores, parentheses and brackets in a type. */
    private static String type(String type) {
        return type.replaceAll("[^A-Za-z0-9_()\\[\\]]", "_");
    }

    private static String name(String name) {
        return name.replaceAll("[^A-Za-z0-9_]", "_");
    }
}
