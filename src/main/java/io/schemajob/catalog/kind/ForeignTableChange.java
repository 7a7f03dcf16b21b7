package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlParts;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code ALTER FOREIGN TABLE}. */
final class ForeignTableChange {
    private static final String CONSTRAINT = "CONSTRAINT ";
    private static final String PARENT = "partition_of";

    private ForeignTableChange() {}

    private static Map<String, ForeignColumn> columns(SchemaObject table) {
        Map<String, ForeignColumn> columns = new LinkedHashMap<>();
        table.list("columns").stream().map(ForeignColumn::of).forEach(column -> columns.put(column.name(), column));
        return columns;
    }

    /** Whether a column of the first stays, perhaps altered: how it is computed nothing alters. */
    private static boolean stays(ForeignColumn column, Map<String, ForeignColumn> others) {
        ForeignColumn other = others.get(column.name());
        return other != null && Objects.equals(column.generated(), other.generated());
    }

    /** Whether columns and parents are in the wanted order when what is new has come at the end. */
    static boolean ordered(SchemaObject before, SchemaObject after) {
        Map<String, ForeignColumn> old = columns(before);
        Map<String, ForeignColumn> wanted = columns(after);
        List<String> names = new ArrayList<>();
        old.values().stream().filter(column -> stays(column, wanted)).forEach(column -> names.add(column.name()));
        wanted.values().stream().filter(column -> !stays(column, old)).forEach(column -> names.add(column.name()));
        List<String> parents = new ArrayList<>(before.list("inherits"));
        parents.retainAll(after.list("inherits"));
        after.list("inherits").stream()
                .filter(parent -> !parents.contains(parent))
                .forEach(parents::add);
        return names.equals(List.copyOf(wanted.keySet())) && parents.equals(after.list("inherits"));
    }

    /** Whether views and triggers have to make way. */
    static boolean reshapes(SchemaObject before, SchemaObject after) {
        Map<String, ForeignColumn> wanted = columns(after);
        return columns(before).values().stream()
                .anyMatch(column -> !stays(column, wanted) || column.isReshaped(wanted.get(column.name())));
    }

    static List<String> statements(SchemaObject before, SchemaObject after) {
        String table = after.name();
        String alter = "ALTER FOREIGN TABLE " + SqlText.name(table) + " ";
        List<String> statements = new ArrayList<>();
        boolean moves = SettingsSql.differs(before, after, PARENT) || SettingsSql.differs(before, after, "bound");
        if (moves && before.text(PARENT) != null) {
            statements.add("ALTER TABLE " + before.text(PARENT) + " DETACH PARTITION " + SqlText.name(table));
        }
        gone(before, after, "checks").forEach(check -> statements.add(alter + "DROP CONSTRAINT " + constraint(check)));
        gone(before, after, "inherits").forEach(parent -> statements.add(alter + "NO INHERIT " + parent));
        Map<String, ForeignColumn> old = columns(before);
        Map<String, ForeignColumn> wanted = columns(after);
        old.values().stream()
                .filter(column -> !stays(column, wanted))
                .forEach(column -> statements.add(alter + "DROP COLUMN " + column.name()));
        wanted.values()
                .forEach(column -> statements.addAll(
                        stays(column, old)
                                ? old.get(column.name()).alter(table, column)
                                : List.of(alter + "ADD COLUMN " + column.text())));
        gone(after, before, "inherits").forEach(parent -> statements.add(alter + "INHERIT " + parent));
        gone(after, before, "checks").forEach(check -> statements.add(alter + "ADD " + check));
        if (moves && after.text(PARENT) != null) {
            statements.add("ALTER TABLE " + after.text(PARENT) + " ATTACH PARTITION " + SqlText.name(table) + " "
                    + after.text("bound"));
        }
        String options = SettingsSql.changedOptions(before.map("options"), after.map("options"));
        if (!options.isEmpty()) {
            statements.add(alter + options);
        }
        return statements;
    }

    private static List<String> gone(SchemaObject from, SchemaObject to, String aspect) {
        List<String> gone = new ArrayList<>(from.list(aspect));
        gone.removeAll(to.list(aspect));
        return gone;
    }

    private static String constraint(String check) {
        String rest = check.substring(CONSTRAINT.length());
        return rest.substring(0, SqlParts.find(rest, " ", 0));
    }
}
