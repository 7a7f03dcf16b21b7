package io.schemajob.importer.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What does not fit, by table, column and reason: all of it counted, the first of each kept. So a fault that every row has
 * hides no other, and memory does not depend on how many there are.
 */
public final class RowFindings {
    private record Reason(String table, String column, String kind) {}

    private static final class Group {
        private final List<RowFinding> examples = new ArrayList<>();
        private long count;
    }

    private final int most;
    private final List<String> tables = new ArrayList<>();
    private final Map<Reason, Group> groups = new LinkedHashMap<>();
    private long count;

    /** @param most how many of a group are kept for showing */
    public RowFindings(int most) {
        this.most = most;
    }

    /** @param kind the reason without what differs from value to value */
    void add(RowFinding finding, String kind) {
        add(finding.table(), finding.column(), kind, 1, List.of(finding));
    }

    /** @param examples the first of them, as many as {@link #most} */
    void add(String table, String column, String kind, long more, List<RowFinding> examples) {
        Group group = groups.get(new Reason(table, column, kind));
        if (group == null) {
            group = new Group();
            groups.put(new Reason(table, column, kind), group);
            if (!tables.contains(table)) {
                tables.add(table);
            }
        }
        group.count += more;
        count += more;
        for (int i = 0; group.examples.size() < most && i < examples.size(); i++) {
            group.examples.add(examples.get(i));
        }
    }

    /** How many of a group are kept. */
    int most() {
        return most;
    }

    /** The groups, those of a table together. */
    public List<FindingGroup> groups() {
        return groups.entrySet().stream()
                .map(entry -> new FindingGroup(
                        entry.getKey().table(),
                        entry.getKey().column(),
                        entry.getKey().kind(),
                        entry.getValue().count,
                        List.copyOf(entry.getValue().examples)))
                .sorted(Comparator.comparingInt(group -> tables.indexOf(group.table())))
                .toList();
    }

    /** Replaces each example that is kept. */
    public void refine(UnaryOperator<RowFinding> refinement) {
        groups.values().forEach(group -> group.examples.replaceAll(refinement));
    }

    public long count() {
        return count;
    }
}
