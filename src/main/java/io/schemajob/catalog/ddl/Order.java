package io.schemajob.catalog.ddl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Sorts operations so that what one needs is there before it, and what it still needs goes after it; where nothing
 * forces an order, by {@link Rank} and then as given. Names that only seem to be mentioned can make circles: there the
 * rank decides.
 */
final class Order {
    private final List<Operation> operations;
    private final List<Set<Integer>> after = new ArrayList<>();
    private final int[] waitsFor;

    private Order(List<Operation> operations) {
        this.operations = operations;
        this.waitsFor = new int[operations.size()];
        operations.forEach(operation -> after.add(new HashSet<>()));
    }

    static List<Operation> sort(List<Operation> operations) {
        Order order = new Order(operations);
        order.connect();
        return order.sorted();
    }

    private void connect() {
        Map<Name, List<Integer>> creators = new HashMap<>();
        Map<Name, List<Integer>> droppers = new HashMap<>();
        Map<String, Integer> byObject = new HashMap<>();
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

    private List<Operation> sorted() {
        Comparator<Integer> byRank = Comparator.<Integer, Rank>comparing(
                        number -> operations.get(number).rank())
                .thenComparing(Comparator.naturalOrder());
        PriorityQueue<Integer> ready = new PriorityQueue<>(byRank);
        Set<Integer> waiting = new HashSet<>();
        for (int i = 0; i < waitsFor.length; i++) {
            if (waitsFor[i] == 0) {
                ready.add(i);
            } else {
                waiting.add(i);
            }
        }
        List<Operation> sorted = new ArrayList<>();
        while (!ready.isEmpty() || !waiting.isEmpty()) {
            int next = ready.isEmpty() ? waiting.stream().min(byRank).orElseThrow() : ready.remove();
            waiting.remove(next);
            sorted.add(operations.get(next));
            for (int other : after.get(next)) {
                if (--waitsFor[other] == 0 && waiting.remove(other)) {
                    ready.add(other);
                }
            }
        }
        return sorted;
    }
}
