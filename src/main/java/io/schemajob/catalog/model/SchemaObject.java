package io.schemajob.catalog.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One object, or the settings of one, whose kind says in one place how it is read, written, compared and created.
 *
 * @param kind the kind's name: {@code rule}
 * @param path where it stands in {@code schema.yaml}: {@code [tables, orders, rules, no_delete]}; every second element is
 *     a name as the catalog stores it
 * @param values by aspect: a {@link String}, a {@code List<String>} or a {@code Map<String, String>}; what equals
 *     PostgreSQL's default is absent
 */
public record SchemaObject(String kind, List<String> path, Map<String, Object> values) {
    /** Of a live object of the database: see {@link #isElsewhere}. It is no aspect. */
    public static final String ELSEWHERE = "elsewhere";

    public SchemaObject {
        path = List.copyOf(path);
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** The name at this place of the path: 0 is the table, 1 what is in it. */
    public String name(int number) {
        return path.get(2 * number + 1);
    }

    /** The last name. */
    public String name() {
        return path.get(path.size() / 2 * 2 - 1);
    }

    /**
     * Whether it is about other schemas than those of the bundle. A declaration that has it finds it there; otherwise it is
     * nobody's concern.
     */
    public boolean isElsewhere() {
        return flag(ELSEWHERE);
    }

    /** A single value, or null. */
    public String text(String aspect) {
        return (String) values.get(aspect);
    }

    public boolean flag(String aspect) {
        return "true".equals(values.get(aspect));
    }

    @SuppressWarnings("unchecked")
    public List<String> list(String aspect) {
        return (List<String>) values.getOrDefault(aspect, List.of());
    }

    @SuppressWarnings("unchecked")
    public Map<String, String> map(String aspect) {
        return (Map<String, String>) values.getOrDefault(aspect, Map.of());
    }

    /** The same with another value of an aspect. */
    public SchemaObject with(String aspect, String value) {
        Map<String, Object> others = new TreeMap<>(values);
        others.put(aspect, value);
        return new SchemaObject(kind, path, others);
    }

    /** The same without one. */
    public SchemaObject without(String aspect) {
        Map<String, Object> others = new TreeMap<>(values);
        others.remove(aspect);
        return new SchemaObject(kind, path, others);
    }

    /** The same object with nothing but defaults. */
    public SchemaObject plain() {
        return new SchemaObject(kind, path, Map.of());
    }
}
