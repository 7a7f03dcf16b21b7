package io.schemajob.catalog.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The objects of a schema whose kinds are described by {@code io.schemajob.catalog.kind}, by kind and path.
 *
 * @param coverage of a declaration. Two declarations that differ in nothing else are equal
 * @param byKind in the order of the paths
 * @param notHeld classes of objects that a live schema has and no kind holds, with their names
 * @param server that a live schema is on
 */
public record SchemaObjects(
        Coverage coverage,
        Map<String, Map<List<String>, SchemaObject>> byKind,
        Map<String, List<String>> notHeld,
        LiveServer server) {
    /** One instance, as a sorted map is copied in linear time where the order is the same. */
    private static final Comparator<List<String>> BY_PATH = SchemaObjects::compare;

    /** What a declaration without the key {@code covers} says: nothing. */
    public static final SchemaObjects NONE = new SchemaObjects(Coverage.NONE, Map.of(), Map.of(), LiveServer.NONE);

    public SchemaObjects {
        Map<String, Map<List<String>, SchemaObject>> sorted = new TreeMap<>();
        byKind.forEach((kind, objects) -> {
            if (!objects.isEmpty()) {
                NavigableMap<List<String>, SchemaObject> ordered = new TreeMap<>(BY_PATH);
                ordered.putAll(objects);
                sorted.put(kind, Collections.unmodifiableSortedMap(ordered));
            }
        });
        byKind = Collections.unmodifiableMap(sorted);
        notHeld = Collections.unmodifiableMap(new LinkedHashMap<>(notHeld));
    }

    public static SchemaObjects of(
            Coverage coverage, Collection<SchemaObject> objects, Map<String, List<String>> notHeld, LiveServer server) {
        Map<String, Map<List<String>, SchemaObject>> byKind = new TreeMap<>();
        objects.forEach(object -> byKind.computeIfAbsent(object.kind(), kind -> new TreeMap<>(BY_PATH))
                .put(object.path(), object));
        return new SchemaObjects(coverage, byKind, notHeld, server);
    }

    public Map<List<String>, SchemaObject> of(String kind) {
        return byKind.getOrDefault(kind, Map.of());
    }

    public SchemaObjects filtered(Predicate<SchemaObject> wanted) {
        List<SchemaObject> kept = new ArrayList<>();
        byKind.values()
                .forEach(objects -> objects.values().stream().filter(wanted).forEach(kept::add));
        return of(coverage, kept, notHeld, server);
    }

    public SchemaObjects covering(Coverage other) {
        return new SchemaObjects(other, byKind, notHeld, server);
    }

    private static int compare(List<String> a, List<String> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = a.get(i).compareTo(b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SchemaObjects objects && byKind.equals(objects.byKind);
    }

    @Override
    public int hashCode() {
        return Objects.hash(byKind);
    }
}
