package io.schemajob.catalog.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the parents of tables in the other schemas of a bundle. */
final class TableLinks {
    private final Map<String, Schema> schemas;

    /** @param name of the main schema */
    TableLinks(String name, Schema main) {
        this.schemas = new HashMap<>(main.further());
        this.schemas.put(name, main);
    }

    /** By qualified name; names in them are as this schema sees them. */
    Map<String, Table> of(String name, Schema schema) {
        Map<String, Table> found = new HashMap<>();
        Deque<String> wanted = new ArrayDeque<>();
        schema.tables().values().forEach(table -> wanted.addAll(table.parents()));
        // Of these the other side of a comparison may have partitions here.
        schemas.forEach((other, tables) -> {
            if (!other.equals(name)) {
                tables.tables().values().stream()
                        .filter(table -> table.partitionBy() != null)
                        .forEach(table -> wanted.add(other + "." + table.name()));
            }
        });
        while (!wanted.isEmpty()) {
            String parent = wanted.pop();
            if (!schema.tables().containsKey(parent) && !found.containsKey(parent)) {
                Table table = elsewhere(parent, name);
                if (table != null) {
                    found.put(parent, table);
                    wanted.addAll(table.parents());
                }
            }
        }
        return found;
    }

    private Table elsewhere(String qualified, String own) {
        for (Map.Entry<String, Schema> other : schemas.entrySet()) {
            String prefix = other.getKey() + ".";
            if (qualified.startsWith(prefix)) {
                Table table = other.getValue().tables().get(qualified.substring(prefix.length()));
                if (table != null) {
                    return seen(table, qualified, other.getKey(), own);
                }
            }
        }
        return null;
    }

    private Table seen(Table table, String qualified, String schema, String own) {
        TableBuilder builder = TableBuilder.of(table, qualified);
        List<String> parents = table.inherits().stream()
                .map(parent -> seen(parent, schema, own))
                .toList();
        builder.inherits.clear();
        builder.inherits.addAll(parents);
        if (table.partition() != null) {
            builder.partition = new Partition(
                    seen(table.partition().parent(), schema, own),
                    table.partition().bound());
        }
        return builder.build();
    }

    /** A name that one schema uses, as another one has it. */
    private String seen(String name, String schema, String own) {
        if (schemas.get(schema).tables().containsKey(name)) {
            return schema + "." + name;
        }
        return name.startsWith(own + ".") ? name.substring(own.length() + 1) : name;
    }
}
