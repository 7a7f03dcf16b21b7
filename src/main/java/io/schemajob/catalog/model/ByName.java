package io.schemajob.catalog.model;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The objects of a class in a schema, in the order of their names, which never change: a schema that differs from another in
 * one class shares the rest with it, and tens of thousands of tables are sorted once.
 */
final class ByName<T> extends AbstractMap<String, T> {
    private final Map<String, T> sorted;

    ByName(Map<String, T> map) {
        // Found by hash and walked in order: comparing names takes a large part of comparing 50,000 tables.
        Map<String, T> ordered = new LinkedHashMap<>(Math.max(4, map.size() * 3 / 2));
        map.entrySet().stream()
                .sorted(Entry.comparingByKey())
                .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        this.sorted = Collections.unmodifiableMap(ordered);
    }

    @Override
    public Set<Entry<String, T>> entrySet() {
        return sorted.entrySet();
    }

    @Override
    public Set<String> keySet() {
        return sorted.keySet();
    }

    @Override
    public T get(Object key) {
        return sorted.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return sorted.containsKey(key);
    }

    @Override
    public int size() {
        return sorted.size();
    }
}
