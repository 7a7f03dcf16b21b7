package io.schemajob.catalog.diff;

import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.TableBuilder;
import io.schemajob.catalog.sql.SqlNames;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Sequences that have another name than the declared one, which a column's default tells. Made anew they would begin again
 * below the values that the rows hold.
 *
 * @param live the schema once they have the declared names
 * @param names declared names by those that there are
 */
public record RenamedSequences(Schema live, Map<String, String> names) {
    public static RenamedSequences of(Schema declared, Schema live) {
        Set<String> missing = new HashSet<>(declared.sequences().keySet());
        Set<String> extra = new HashSet<>(live.sequences().keySet());
        missing.removeAll(live.sequences().keySet());
        extra.removeAll(declared.sequences().keySet());
        Map<String, String> names = new LinkedHashMap<>();
        if (!missing.isEmpty() && !extra.isEmpty()) {
            missing.removeAll(RenamedConstraints.relations(live));
            for (Table table : declared.tables().values()) {
                Table found = live.tables().get(table.name());
                if (found != null) {
                    table.columns().forEach(column -> found.column(column.name())
                            .ifPresent(other -> pair(counter(column, missing), counter(other, extra), names)));
                }
            }
        }
        return names.isEmpty() ? new RenamedSequences(live, names) : new RenamedSequences(renamed(live, names), names);
    }

    private static void pair(String declared, String found, Map<String, String> names) {
        if (declared != null && found != null && !names.containsValue(declared)) {
            names.putIfAbsent(found, declared);
        }
    }

    /** That one of these sequences from which a column gets its values; null if none. */
    private static String counter(Column column, Set<String> sequences) {
        String value = column.defaultValue();
        return value == null
                ? null
                : SqlNames.sequences(value).stream()
                        .filter(sequences::contains)
                        .findFirst()
                        .orElse(null);
    }

    private static Schema renamed(Schema live, Map<String, String> names) {
        Map<String, Sequence> sequences = new HashMap<>();
        live.sequences().values().forEach(sequence -> {
            Sequence renamed = sequence.named(names.getOrDefault(sequence.name(), sequence.name()));
            sequences.put(renamed.name(), renamed);
        });
        Map<String, Table> tables = new HashMap<>();
        live.tables().forEach((name, table) -> tables.put(name, renamed(table, names)));
        List<SchemaObject> objects = live.objects().byKind().values().stream()
                .flatMap(kind -> kind.values().stream())
                .map(object -> renamed(object, names))
                .toList();
        SchemaObjects all = live.objects();
        return live.withTables(tables)
                .withSequences(sequences)
                .withObjects(SchemaObjects.of(all.coverage(), objects, all.notHeld(), all.server()));
    }

    private static Table renamed(Table table, Map<String, String> names) {
        TableBuilder builder = TableBuilder.of(table);
        builder.columns.replaceAll(column -> {
            String value = column.defaultValue();
            for (Map.Entry<String, String> name : names.entrySet()) {
                value = value == null ? null : value.replace(literal(name.getKey()), literal(name.getValue()));
            }
            return Objects.equals(value, column.defaultValue()) ? column : column.withDefault(value);
        });
        return builder.build();
    }

    private static String literal(String name) {
        return SqlText.literal(SqlText.name(name));
    }

    /** Its settings, owner and privileges go by its name. */
    private static SchemaObject renamed(SchemaObject object, Map<String, String> names) {
        List<String> path = new ArrayList<>(object.path());
        names.forEach((before, after) -> {
            if (path.get(0).equals("sequences") && path.get(1).equals(before)) {
                path.set(1, after);
            } else if (path.size() > 1 && path.get(1).equals("sequence " + SqlText.name(before))) {
                path.set(1, "sequence " + SqlText.name(after));
            }
        });
        return path.equals(object.path()) ? object : new SchemaObject(object.kind(), path, object.values());
    }
}
