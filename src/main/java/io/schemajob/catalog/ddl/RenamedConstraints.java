package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a live schema has once constraints have got their other names: settings, comments and states that go by these. */
final class RenamedConstraints {
    private static final String INDEX = "index ";

    /** New names by table and old name. */
    private final Map<String, Map<String, String>> names;

    private RenamedConstraints(Map<String, Map<String, String>> names) {
        this.names = names;
    }

    static SchemaObjects in(SchemaObjects objects, Map<String, Map<String, String>> names) {
        if (names.isEmpty()) {
            return objects;
        }
        RenamedConstraints renamed = new RenamedConstraints(names);
        List<SchemaObject> all = objects.byKind().values().stream()
                .flatMap(kind -> kind.values().stream())
                .map(renamed::renamed)
                .toList();
        return SchemaObjects.of(objects.coverage(), all, objects.notHeld(), objects.server());
    }

    private SchemaObject renamed(SchemaObject object) {
        List<String> path = new ArrayList<>(object.path());
        Map<String, Object> values = new TreeMap<>(object.values());
        if (path.get(0).equals("comments")) {
            path.set(1, comment(path.get(1)));
        } else if (path.get(0).equals("tables")) {
            Map<String, String> ofTable = names.getOrDefault(path.get(1), Map.of());
            if (path.size() == 2) {
                values.computeIfPresent(
                        "cluster_on", (key, name) -> ofTable.getOrDefault((String) name, (String) name));
                values.computeIfPresent("replica_identity", (key, index) -> index((String) index, ofTable));
            } else if (path.get(2).equals("key_indexes") || path.get(2).equals("trigger_states")) {
                path.set(3, ofTable.getOrDefault(path.get(3), other(path.get(3))));
            } else if (path.get(2).equals("attached_indexes")) {
                path.set(3, anywhere(path.get(3)));
            }
        }
        return new SchemaObject(object.kind(), path, values);
    }

    private static String index(String identity, Map<String, String> names) {
        String name = identity.startsWith(INDEX) ? identity.substring(INDEX.length()) : null;
        return names.containsKey(name == null ? "" : name) ? INDEX + names.get(name) : identity;
    }

    /** {@code orders_client_fkey of orders}, as it stands at the table that is referred to. */
    private String other(String name) {
        int of = name.indexOf(" of ");
        Map<String, String> ofTable = of < 0 ? Map.of() : names.getOrDefault(name.substring(of + 4), Map.of());
        String renamed = of < 0 ? null : ofTable.get(name.substring(0, of));
        return renamed == null ? name : renamed + name.substring(of);
    }

    /** Names of indexes are those of one table only. */
    private String anywhere(String index) {
        return names.values().stream()
                .filter(ofTable -> ofTable.containsKey(index))
                .map(ofTable -> ofTable.get(index))
                .findFirst()
                .orElse(index);
    }

    private String comment(String object) {
        for (Map.Entry<String, Map<String, String>> table : names.entrySet()) {
            for (Map.Entry<String, String> name : table.getValue().entrySet()) {
                String on = " on " + SqlText.name(table.getKey());
                if (object.equals("table constraint " + SqlText.name(name.getKey()) + on)) {
                    return "table constraint " + SqlText.name(name.getValue()) + on;
                } else if (object.equals(INDEX + SqlText.name(name.getKey()))) {
                    return INDEX + SqlText.name(name.getValue());
                }
            }
        }
        return object;
    }
}
