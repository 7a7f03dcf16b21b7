package io.schemajob.importer.export;

import io.schemajob.report.text.Counted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What cannot be written into the old layout, by its kind: one export names all of it. */
public final class RefusedValues {
    private final Map<String, Group> groups = new LinkedHashMap<>();

    private static final class Group {
        private final String first;
        private long count;

        Group(String first) {
            this.first = first;
        }
    }

    /**
     * A row with something that cannot be written.
     *
     * @param kind a sentence without a full stop, such as {@code t.a is NaN, which SQLite does not have}
     * @param row in words; empty if nothing names it
     */
    synchronized void add(String kind, String row) {
        groups.computeIfAbsent(kind, anew -> new Group(row)).count++;
    }

    /** Sentences without a full stop, each with the number of its rows and the first of them. */
    public synchronized List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        groups.forEach((kind, group) -> {
            String rows = group.count == 1 ? "" : Counted.of(group.count, "row");
            String first = group.first.isEmpty() || group.count == 1 ? group.first : "first " + group.first;
            String place = rows.isEmpty() || first.isEmpty() ? rows + first : rows + ", " + first;
            sentences.add(place.isEmpty() ? kind : "%s (%s)".formatted(kind, place));
        });
        return sentences;
    }
}
