package io.schemajob.catalog;

import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.SchemaDiff;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.ObjectComparison;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a verification found.
 *
 * @param declared whether anything was declared at all; if not, only the checks ran
 * @param differences between declared and live, drift and warnings
 * @param violations what the bundle's checks returned
 * @param verified how much was compared
 */
public record VerificationReport(
        boolean declared, List<Difference> differences, List<Violation> violations, Counts verified) {
    public VerificationReport {
        differences = List.copyOf(differences);
        violations = List.copyOf(violations);
    }

    /** Whether the database is as it should be; warnings do not count. */
    public boolean clean() {
        return violations.isEmpty() && !SchemaDiff.hasDrift(differences);
    }

    /** The differences that fail the verification. */
    public List<Difference> drift() {
        return differences.stream().filter(Difference::isDrift).toList();
    }

    /** The differences that do not. */
    public List<Difference> warnings() {
        return differences.stream().filter(difference -> !difference.isDrift()).toList();
    }

    /**
     * How many declared objects of each sort were compared; indexes without those behind constraints.
     *
     * @param objects how many of each other kind, by its name
     * @param privileges whether owners and privileges were compared
     * @param silent kinds of which the declaration says nothing and the database has some, with how many
     * @param notHeld classes of which no declaration can say anything, with the names that the database has
     * @param further what was compared of each further schema of the bundle, by its name
     */
    public record Counts(
            int tables,
            int columns,
            int indexes,
            int views,
            int functions,
            int triggers,
            int rows,
            int checks,
            Map<String, Integer> objects,
            boolean privileges,
            Map<String, Integer> silent,
            Map<String, List<String>> notHeld,
            Map<String, Counts> further) {
        static Counts of(Schema declared, Schema live, int checks) {
            Map<String, Integer> objects = new TreeMap<>();
            declared.objects().byKind().forEach((kind, members) -> objects.put(kind, members.size()));
            int columns = 0;
            int indexes = 0;
            int triggers = 0;
            int rows = 0;
            for (Table table : declared.tables().values()) {
                columns += table.columns().size();
                indexes += table.indexes().size();
                triggers += table.triggers().size();
                rows += table.rows().size();
            }
            Map<String, Counts> further = new TreeMap<>();
            declared.further()
                    .forEach((name, schema) ->
                            further.put(name, of(schema, live.further().getOrDefault(name, Schema.EMPTY), 0)));
            return new Counts(
                    declared.tables().size(),
                    columns,
                    indexes,
                    declared.views().size(),
                    declared.routines().size(),
                    triggers,
                    rows,
                    checks,
                    objects,
                    declared.objects().coverage().privileges(),
                    new ObjectComparison(declared, live).silent(),
                    live.objects().notHeld(),
                    further);
        }

        /** {@code table 7, column 40, rule 2}. */
        public String words() {
            return byClass().entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining(", "));
        }

        /** What the database has, or may have, and nothing was compared with. */
        public List<String> left() {
            List<String> left = new ArrayList<>();
            if (!privileges) {
                left.add("owners and privileges");
            }
            silent.forEach((kind, count) -> left.add(kind + " (" + count + ")"));
            notHeld.forEach((words, names) -> left.add(words + " (" + String.join(", ", names) + ")"));
            further.forEach((name, schema) -> schema.left().stream()
                    .filter(words -> !left.contains(words))
                    .forEach(words -> left.add(words + " in schema " + name)));
            return left;
        }

        /** How many tables of all schemas. */
        public int allTables() {
            return tables + further.values().stream().mapToInt(Counts::tables).sum();
        }

        /** How many of each class in all schemas. */
        public Map<String, Integer> total() {
            Map<String, Integer> all = new LinkedHashMap<>(byClass());
            further.values()
                    .forEach(schema -> schema.byClass().forEach((kind, count) -> all.merge(kind, count, Integer::sum)));
            return all;
        }

        /** How many of each class, without those of which there are none. */
        public Map<String, Integer> byClass() {
            Map<String, Integer> all = new LinkedHashMap<>();
            all.put("table", tables);
            all.put("column", columns);
            all.put("index", indexes);
            all.put("view", views);
            all.put("function", functions);
            all.put("trigger", triggers);
            objects.forEach((kind, count) ->
                    all.merge(Kinds.of(kind).settings() ? kind + " with settings" : kind, count, Integer::sum));
            all.put("row", rows);
            all.put("check", checks);
            all.values().removeIf(count -> count == 0);
            return all;
        }
    }
}
