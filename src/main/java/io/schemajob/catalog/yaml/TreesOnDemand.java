package io.schemajob.catalog.yaml;

import io.schemajob.catalog.model.Schema;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The trees of a class of objects by name. Each is made when it is printed and forgotten then, as those of tens of thousands of
 * tables at once take several times the room of the {@link Schema}; but one that somebody has asked for, and may have added to,
 * is kept.
 */
final class TreesOnDemand<T> extends AbstractMap<String, Object> {
    private final Map<String, T> objects;
    private final Function<T, Object> writer;
    private final Map<String, Object> kept = new LinkedHashMap<>();

    TreesOnDemand(Map<String, T> objects, Function<T, Object> writer) {
        this.objects = objects;
        this.writer = writer;
    }

    @Override
    public Object get(Object key) {
        T object = objects.get(key);
        if (object != null && !kept.containsKey(key)) {
            kept.put((String) key, writer.apply(object));
        }
        return kept.get(key);
    }

    @Override
    public Object put(String key, Object tree) {
        return kept.put(key, tree);
    }

    /** In the order of the objects; what was put besides them is last. */
    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, Object>> iterator() {
                return Stream.concat(
                                objects.entrySet().stream().map(TreesOnDemand.this::entry),
                                kept.entrySet().stream().filter(entry -> !objects.containsKey(entry.getKey())))
                        .iterator();
            }

            @Override
            public int size() {
                return objects.size()
                        + (int) kept.keySet().stream()
                                .filter(key -> !objects.containsKey(key))
                                .count();
            }

            @Override
            public boolean isEmpty() {
                return objects.isEmpty() && kept.isEmpty();
            }
        };
    }

    private Entry<String, Object> entry(Entry<String, T> object) {
        Object tree = kept.get(object.getKey());
        return Map.entry(object.getKey(), tree == null ? writer.apply(object.getValue()) : tree);
    }
}
