package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What default privileges grant on whatever a script makes. A declaration says all that is granted, so a script has to take back
 * what comes by itself.
 */
public final class DefaultGrants {
    /** A value of a grant on an object that begins with more than was declared. */
    static final String ANEW = "anew";

    private static final Map<String, List<String>> CLASSES = Map.of(
            "tables", List.of("table", "view", "materialized view", "foreign table"),
            "sequences", List.of("sequence"),
            "functions", List.of("function", "procedure", "aggregate"),
            "types", List.of("type"));

    private DefaultGrants() {}

    /**
     * These objects, so marked that a script which makes one of them anew leaves no more on it than is declared.
     *
     * @param side of which they are
     */
    public static List<SchemaObject> cleared(List<SchemaObject> objects, Schema side, Schema declared, Schema live) {
        List<SchemaObject> defaults = live.objects().of("default privilege").values().stream()
                .filter(entry ->
                        entry.path().get(1).equals(live.objects().server().role()))
                .toList();
        if (defaults.isEmpty()) {
            return objects;
        }
        Map<List<String>, SchemaObject> granted = new HashMap<>();
        for (SchemaObject entry : defaults) {
            for (String declaredName : Owners.named(declared)) {
                AccessTarget target =
                        AccessTarget.of(declaredName).orElseThrow().asIn(live);
                String name = target.text();
                if (target.in(side)
                        && !entry.path().get(3).equals(owner(name, side))
                        && CLASSES.getOrDefault(entry.path().get(2), List.of()).contains(target.word())) {
                    granted.put(List.of("grants", name, entry.path().get(3)), entry);
                }
            }
        }
        List<SchemaObject> all = new ArrayList<>();
        Set<List<String>> told = new HashSet<>();
        for (SchemaObject object : objects) {
            SchemaObject entry = granted.get(object.path());
            told.add(object.path());
            all.add(entry == null || entry.values().equals(object.values()) ? object : with(object, ANEW, "true"));
        }
        granted.keySet().stream()
                .filter(path -> !told.contains(path))
                .forEach(path ->
                        all.add(new SchemaObject("privilege", path, Map.of("privileges", PrivilegeWords.NONE))));
        return all;
    }

    /** Of an object that a role owns it may do everything, whatever was granted to it before. */
    private static String owner(String name, Schema side) {
        SchemaObject owner = side.objects().of(OwnerKind.NOUN).get(List.of("owners", name));
        return owner == null ? side.objects().coverage().owner() : owner.text("owner");
    }

    private static SchemaObject with(SchemaObject object, String key, String value) {
        Map<String, Object> values = new HashMap<>(object.values());
        values.put(key, value);
        return new SchemaObject(object.kind(), object.path(), values);
    }
}
