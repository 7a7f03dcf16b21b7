package io.schemajob.importer.suggest;

import io.schemajob.report.text.Similar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Pairs names of two sides: the same; then but for case; then but for underscores and hyphens; then but for number; then those that are
 * alike, which is a guess. A name is paired once.
 */
final class NameMatch {
    /** In shorter ones a letter more or less makes another word. */
    private static final int SHORTEST_GUESS = 5;

    private final Map<String, String> pairs = new LinkedHashMap<>();
    private final List<String> guesses = new ArrayList<>();
    private final List<String> left;
    private final List<String> right;

    private NameMatch(List<String> left, List<String> right) {
        this.left = new ArrayList<>(left);
        this.right = new ArrayList<>(right);
    }

    static NameMatch of(List<String> left, List<String> right) {
        NameMatch match = new NameMatch(left, right);
        match.pair(name -> name);
        match.pair(name -> name.toLowerCase(Locale.ROOT));
        match.pair(NameMatch::joined);
        match.pair(NameMatch::singular);
        match.guess();
        return match;
    }

    /** The name of the other side; null if there is none. */
    String of(String name) {
        return pairs.get(name);
    }

    /** Whether the names are only alike. */
    boolean isGuess(String name) {
        return guesses.contains(name);
    }

    private void pair(UnaryOperator<String> form) {
        for (String name : List.copyOf(left)) {
            List<String> same = right.stream()
                    .filter(other -> form.apply(other).equals(form.apply(name)))
                    .toList();
            // A file may have names that differ in nothing but that.
            if (same.size() == 1) {
                take(name, same.get(0));
            }
        }
    }

    private void guess() {
        for (String name : List.copyOf(left)) {
            List<String> alike = Similar.to(name, right);
            if (!alike.isEmpty() && Math.min(name.length(), alike.get(0).length()) >= SHORTEST_GUESS) {
                take(name, alike.get(0));
                guesses.add(name);
            }
        }
    }

    private void take(String name, String other) {
        pairs.put(name, other);
        left.remove(name);
        right.remove(other);
    }

    private static String joined(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static String singular(String name) {
        String joined = joined(name);
        if (joined.endsWith("ies")) {
            return joined.substring(0, joined.length() - 3) + "y";
        }
        if (joined.matches(".*(s|x|z|ch|sh)es")) {
            return joined.substring(0, joined.length() - 2);
        }
        return joined.endsWith("s") && !joined.endsWith("ss") ? joined.substring(0, joined.length() - 1) : joined;
    }
}
