package io.schemajob.catalog;

import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.ObjectComparison;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.UserType;
import io.schemajob.catalog.model.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far a verification looked: whoever reads "verified" has to know of what.
 *
 * @param byClass how many declared objects of each class were compared, without classes that have none; {@code check} are the
 *     bundle's checks in SQL
 * @param privileges whether owners and privileges were compared
 * @param silent kinds of which the declaration says nothing and the database has some, with how many
 * @param notHeld classes of which no declaration can say anything, with the names that the database has
 * @param further what was compared of each further schema of the bundle, by its name
 */
public record ComparedCounts(
        Map<String, Integer> byClass,
        boolean privileges,
        Map<String, Integer> silent,
        Map<String, List<String>> notHeld,
        Map<String, ComparedCounts> further) {
    public ComparedCounts {
        byClass = Collections.unmodifiableMap(new LinkedHashMap<>(byClass));
    }

    static ComparedCounts of(Schema declared, Schema live, int checks) {
        Map<String, Integer> all = new LinkedHashMap<>();
        for (String first : List.of("table", "column", "index", "view", "function", "trigger")) {
            all.put(first, 0);
        }
        declared.tables().values().forEach(table -> add(table, all));
        declared.views().values().forEach(view -> add(view, all));
        add("function", declared.routines().size(), all);
        add("sequence", declared.sequences().size(), all);
        declared.types().values().forEach(type -> add(type, all));
        add("extension", declared.extensions().size(), all);
        new TreeMap<>(declared.objects().byKind())
                .forEach((kind, members) ->
                        add(Kinds.of(kind).settings() ? kind + " with settings" : kind, members.size(), all));
        add(
                "row",
                declared.tables().values().stream()
                        .mapToInt(table -> table.rows().size())
                        .sum(),
                all);
        add("check", checks, all);
        all.values().removeIf(count -> count == 0);
        Map<String, ComparedCounts> further = new TreeMap<>();
        declared.further()
                .forEach((name, schema) ->
                        further.put(name, of(schema, live.further().getOrDefault(name, Schema.EMPTY), 0)));
        return new ComparedCounts(
                all,
                declared.objects().coverage().privileges(),
                new ObjectComparison(declared, live).silent(),
                live.objects().notHeld(),
                further);
    }

    private static void add(String kind, int count, Map<String, Integer> all) {
        all.merge(kind, count, Integer::sum);
    }

    private static void add(Table table, Map<String, Integer> all) {
        add("table", 1, all);
        add("column", table.columns().size(), all);
        add("primary key", table.primaryKey() == null ? 0 : 1, all);
        add("unique constraint", table.unique().size(), all);
        add("foreign key", table.foreignKeys().size(), all);
        add("check constraint", table.checks().size(), all);
        add("exclusion constraint", table.exclusions().size(), all);
        add("index", table.indexes().size(), all);
        add("trigger", table.triggers().size(), all);
    }

    private static void add(View view, Map<String, Integer> all) {
        add("view", 1, all);
        add("index", view.indexes().size(), all);
        add("trigger", view.triggers().size(), all);
    }

    private static void add(UserType type, Map<String, Integer> all) {
        add(type.kind(), 1, all);
        add(
                "domain check",
                type instanceof UserType.Domain domain ? domain.checks().size() : 0,
                all);
    }

    /** How many of this class. */
    public int of(String kind) {
        return byClass.getOrDefault(kind, 0);
    }

    /** How many tables of all schemas. */
    public int allTables() {
        return total().getOrDefault("table", 0);
    }

    /** How many of each class in all schemas. */
    public Map<String, Integer> total() {
        Map<String, Integer> all = new LinkedHashMap<>(byClass);
        further.values()
                .forEach(schema -> schema.byClass().forEach((kind, count) -> all.merge(kind, count, Integer::sum)));
        return all;
    }

    /** {@code table 7, column 40, rule 2}. */
    public String words() {
        return byClass.entrySet().stream()
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
}
