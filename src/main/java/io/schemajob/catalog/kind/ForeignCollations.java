package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import io.schemajob.catalog.sql.SqlNames;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The collations of columns of a foreign table, which its CREATE says: later, columns of other tables may hold its rows. */
public final class ForeignCollations {
    private ForeignCollations() {}

    /** The statements that make the foreign table; empty if the object is none, or has no collations. */
    public static List<String> create(SchemaObject table, SchemaObjects objects) {
        if (!table.kind().equals(ForeignTableKind.NOUN)) {
            return List.of();
        }
        List<String> columns = table.list("columns");
        List<String> collated =
                columns.stream().map(text -> collated(text, table, objects)).toList();
        if (collated.equals(columns)) {
            return List.of();
        }
        Map<String, Object> values = new TreeMap<>(table.values());
        values.put("columns", collated);
        return Kinds.of(ForeignTableKind.NOUN).create(new SchemaObject(table.kind(), table.path(), values));
    }

    private static String collated(String text, SchemaObject table, SchemaObjects objects) {
        ForeignColumn column = ForeignColumn.of(text);
        SchemaObject settings = objects.of(ForeignColumnKind.NOUN)
                .get(List.of("foreign_tables", table.name(), "column_settings", SqlNames.unquoted(column.name())));
        String collation = settings == null ? null : settings.text(ForeignColumnKind.COLLATION);
        String typed = column.name() + " " + column.type();
        return collation == null || !text.startsWith(typed)
                ? text
                : typed + " COLLATE " + collation + text.substring(typed.length());
    }
}
