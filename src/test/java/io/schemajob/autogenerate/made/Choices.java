package io.schemajob.autogenerate.made;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Decisions by name, all from one number. A decision does not depend on those before it, so that one of them can be
 * changed and everything else stays: that is how a schema gets a neighbour, and how a failing one is made small.
 */
public final class Choices {
    private final long seed;
    private final Map<String, Integer> forced;
    private final Map<String, Integer> options = new LinkedHashMap<>();
    private final Map<String, Integer> taken = new LinkedHashMap<>();

    public Choices(long seed) {
        this(seed, Map.of());
    }

    private Choices(long seed, Map<String, Integer> forced) {
        this.seed = seed;
        this.forced = forced;
    }

    /** From 0, which is the plainest. */
    int pick(String name, int count) {
        return take(name, count, (int) Math.floorMod(hash(name), (long) count));
    }

    /** In one of so many schemas. */
    boolean maybe(String name, int oneIn) {
        return take(name, 2, Math.floorMod(hash(name), (long) oneIn) == 0 ? 1 : 0) == 1;
    }

    @SafeVarargs
    final <T> T of(String name, T... all) {
        return all[pick(name, all.length)];
    }

    private int take(String name, int count, int usual) {
        int value = Math.min(forced.getOrDefault(name, usual), count - 1);
        options.put(name, count);
        taken.put(name, value);
        return value;
    }

    /** Those that were asked for and are not the plainest. */
    public List<String> elaborate() {
        return taken.keySet().stream().filter(name -> taken.get(name) != 0).toList();
    }

    /** The same, with these decisions as plain as can be. */
    public Choices plainer(List<String> names) {
        Map<String, Integer> more = new TreeMap<>(forced);
        names.forEach(name -> more.put(name, 0));
        return new Choices(seed, more);
    }

    /** The same, with so many of the decisions that were asked for taken otherwise; nobody drops an extension. */
    public Choices neighbour(Random random, int changes) {
        Map<String, Integer> more = new TreeMap<>(forced);
        List<String> names = new ArrayList<>(options.keySet());
        names.removeIf(name -> options.get(name) < 2);
        for (int i = 0; i < changes && !names.isEmpty(); i++) {
            String name = names.remove(random.nextInt(names.size()));
            int count = options.get(name);
            int other = (taken.get(name) + 1 + random.nextInt(count - 1)) % count;
            if (!name.equals("citext")) {
                more.put(name, other);
            }
        }
        return new Choices(seed, more);
    }

    /** SplitMix64 of the number and the name. */
    private long hash(String name) {
        long z = seed * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < name.length(); i++) {
            z = (z ^ name.charAt(i)) * 0xBF58476D1CE4E5B9L;
            z ^= z >>> 29;
        }
        z = (z ^ (z >>> 30)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
