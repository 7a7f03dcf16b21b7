package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.ObjectIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sorts operations so that what one needs is there before it, and what it still needs goes after it; where nothing
 * forces an order, by {@link Rank} and then as given. What the body of a function mentions gives way first, as PostgreSQL
 * can be told not to look at bodies; and names that only seem to be mentioned can make circles, where the rank decides.
 */
final class Order {
    private final List<Operation> operations;
    private final List<Set<Integer>> after = new ArrayList<>();
    private final List<Set<Integer>> afterBody = new ArrayList<>();
    private final int[] waitsFor;
    private final int[] wishesFor;

    private Order(List<Operation> operations) {
        this.operations = operations;
        this.waitsFor = new int[operations.size()];
        this.wishesFor = new int[operations.size()];
        operations.forEach(operation -> {
            after.add(new HashSet<>(2));
            afterBody.add(new HashSet<>(2));
        });
    }

    static List<Operation> sort(List<Operation> operations) {
        Order order = new Order(operations);
        order.connect();
        return order.sorted();
    }

    private void connect() {
        Map<Name, List<Integer>> creators = new HashMap<>();
        Map<Name, List<Integer>> droppers = new HashMap<>();
        Map<ObjectIdentity, Integer> byObject = new HashMap<>();
        for (int i = 0; i < operations.size(); i++) {
            int number = i;
            Operation operation = operations.get(i);
            operation.effect().creates().forEach(name -> add(creators, name, number));
            operation.effect().drops().forEach(name -> add(droppers, name, number));
            byObject.put(operation.object(), i);
        }
        for (int i = 0; i < operations.size(); i++) {
            int number = i;
            Operation operation = operations.get(i);
            Operation.Effect effect = operation.effect();
            effect.uses().forEach(name -> of(creators, name).forEach(other -> precedes(other, number)));
            effect.releases().forEach(name -> of(droppers, name).forEach(other -> precedes(number, other)));
            effect.creates().forEach(name -> of(droppers, name).forEach(other -> precedes(other, number)));
            effect.inBody().forEach(name -> of(creators, name).forEach(other -> shouldPrecede(other, number)));
            effect.inOldBody().forEach(name -> of(droppers, name).forEach(other -> shouldPrecede(number, other)));
            if (operation.apartFrom() != null && byObject.containsKey(operation.apartFrom())) {
                precedes(byObject.get(operation.apartFrom()), i);
            }
        }
    }

    private static void add(Map<Name, List<Integer>> map, Name name, int number) {
        map.computeIfAbsent(name, key -> new ArrayList<>()).add(number);
    }

    private static List<Integer> of(Map<Name, List<Integer>> map, Name name) {
        return map.getOrDefault(name, List.of());
    }

    private void precedes(int first, int second) {
        if (first != second && after.get(first).add(second)) {
            waitsFor[second]++;
        }
    }

    private void shouldPrecede(int first, int second) {
        if (first != second && afterBody.get(first).add(second)) {
            wishesFor[second]++;
        }
    }

    /** Three sets in one order: what can go at once, what waits for bodies alone, and what waits for more. */
    private List<Operation> sorted() {
        Comparator<Integer> byRank = Comparator.<Integer, Rank>comparing(
                        number -> operations.get(number).rank())
                .thenComparing(Comparator.naturalOrder());
        List<TreeSet<Integer>> sets = List.of(new TreeSet<>(byRank), new TreeSet<>(byRank), new TreeSet<>(byRank));
        for (int i = 0; i < waitsFor.length; i++) {
            sets.get(hindrance(i)).add(i);
        }
        List<Operation> sorted = new ArrayList<>();
        while (sorted.size() < operations.size()) {
            TreeSet<Integer> first =
                    sets.stream().filter(set -> !set.isEmpty()).findFirst().orElseThrow();
            int next = first.pollFirst();
            sorted.add(operations.get(next));
            after.get(next).forEach(other -> less(other, waitsFor, sets));
            afterBody.get(next).forEach(other -> less(other, wishesFor, sets));
        }
        return sorted;
    }

    private int hindrance(int number) {
        return waitsFor[number] > 0 ? 2 : wishesFor[number] > 0 ? 1 : 0;
    }

    private void less(int number, int[] counts, List<TreeSet<Integer>> sets) {
        int before = hindrance(number);
        counts[number]--;
        if (hindrance(number) != before && sets.get(before).remove(number)) {
            sets.get(hindrance(number)).add(number);
        }
    }
}
