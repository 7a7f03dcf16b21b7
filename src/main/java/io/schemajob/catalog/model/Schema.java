package io.schemajob.catalog.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Everything that one schema of a database holds, by name, in the order of the names, so that two of them can be
 * compared and written the same way every time.
 *
 * @param tables ordinary and partitioned tables and partitions
 * @param views plain and materialized views
 * @param routines functions and procedures, by {@link Routine#signature()}
 * @param sequences all but those behind identity columns
 * @param types enums, domains and composite types
 * @param extensions of the whole database, as an extension belongs to no schema
 * @param objects of all kinds that are described in one place each, see {@link SchemaObject}
 * @param further the other schemas of the bundle, by name; of the main one only
 * @param beside tables of the bundle's other schemas that tables of this one are made on, by qualified name; see {@link
 *     #linked}
 */
public record Schema(
        Map<String, Table> tables,
        Map<String, View> views,
        Map<String, Routine> routines,
        Map<String, Sequence> sequences,
        Map<String, UserType> types,
        Map<String, Extension> extensions,
        SchemaObjects objects,
        Map<String, Schema> further,
        Map<String, Table> beside) {

    public static final Schema EMPTY = new Schema(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    public Schema {
        tables = sorted(tables);
        views = sorted(views);
        routines = sorted(routines);
        sequences = sorted(sequences);
        types = sorted(types);
        extensions = sorted(extensions);
        further = sorted(further);
        beside = sorted(beside);
    }

    /** A schema on its own. */
    public Schema(
            Map<String, Table> tables,
            Map<String, View> views,
            Map<String, Routine> routines,
            Map<String, Sequence> sequences,
            Map<String, UserType> types,
            Map<String, Extension> extensions,
            SchemaObjects objects) {
        this(tables, views, routines, sequences, types, extensions, objects, Map.of(), Map.of());
    }

    /** A schema without objects of the kinds that {@link SchemaObject} holds, declared as before these were. */
    public Schema(
            Map<String, Table> tables,
            Map<String, View> views,
            Map<String, Routine> routines,
            Map<String, Sequence> sequences,
            Map<String, UserType> types,
            Map<String, Extension> extensions) {
        this(tables, views, routines, sequences, types, extensions, SchemaObjects.NONE);
    }

    public boolean isEmpty() {
        return equals(EMPTY);
    }

    /** The same schema with other tables; what belongs to a table that is none of them goes with it. */
    public Schema withTables(Map<String, Table> others) {
        Schema changed =
                new Schema(others, views, routines, sequences, types, extensions, SchemaObjects.NONE, further, beside);
        return changed.withObjects(objects.filtered(
                object -> !object.path().get(0).equals("tables") || others.containsKey(object.name(0))));
    }

    public Schema withSequences(Map<String, Sequence> others) {
        return new Schema(tables, views, routines, others, types, extensions, objects, further, beside);
    }

    public Schema withObjects(SchemaObjects others) {
        return new Schema(tables, views, routines, sequences, types, extensions, others, further, beside);
    }

    /** The same with other schemas besides it. */
    public Schema withFurther(Map<String, Schema> others) {
        return new Schema(tables, views, routines, sequences, types, extensions, objects, others, beside);
    }

    Schema withBeside(Map<String, Table> others) {
        return new Schema(tables, views, routines, sequences, types, extensions, objects, further, others);
    }

    /** The table of this name here, or of this qualified name in another schema of the bundle; or null. */
    public Table table(String name) {
        Table own = tables.get(name);
        return own == null ? beside.get(name) : own;
    }

    /** The tables that a table has columns from, and those that these have theirs from; nearest first. */
    public List<Table> ancestors(Table table) {
        if (table.parents().isEmpty()) {
            return List.of();
        }
        List<Table> all = new ArrayList<>();
        Set<String> seen = new HashSet<>(Set.of(table.name()));
        List<Table> next = List.of(table);
        while (!next.isEmpty()) {
            next = next.stream()
                    .flatMap(child -> child.parents().stream())
                    .filter(seen::add)
                    .map(this::table)
                    .filter(Objects::nonNull)
                    .toList();
            all.addAll(next);
        }
        return all;
    }

    /** The tables here that inherit from a table or are partitions of it, by its name. */
    public Map<String, List<Table>> children() {
        Map<String, List<Table>> children = new HashMap<>();
        tables.values().forEach(table -> table.parents()
                .forEach(parent -> children.computeIfAbsent(parent, name -> new ArrayList<>())
                        .add(table)));
        return children;
    }

    /** Whether a table or view here has this name. */
    public boolean holds(String relation) {
        return tables.containsKey(relation) || views.containsKey(relation);
    }

    /**
     * The same schemas, each with the tables of the others that its own are partitions of or inherit from.
     *
     * @param name of this one, which the others use
     */
    public Schema linked(String name) {
        if (extensions.values().stream().anyMatch(extension -> isOnPath(extension, name))) {
            return withExtensionsOf(name).linked(name);
        }
        if (further.isEmpty()) {
            return this;
        }
        TableLinks links = new TableLinks(name, this);
        Map<String, Schema> others = new TreeMap<>();
        further.forEach((other, schema) -> others.put(other, schema.withBeside(links.of(other, schema))));
        return withFurther(others).withBeside(links.of(name, this));
    }

    /** What is in this schema or in {@code public} is found by its name alone. */
    private static boolean isOnPath(Extension extension, String name) {
        return name.equals(extension.schema()) || "public".equals(extension.schema());
    }

    /** The schema of an extension is left out where it is on the search path. */
    private Schema withExtensionsOf(String name) {
        Map<String, Extension> others = new TreeMap<>(extensions);
        others.replaceAll((key, extension) ->
                isOnPath(extension, name) ? Extension.of(extension.name(), extension.version()) : extension);
        return new Schema(tables, views, routines, sequences, types, others, objects, further, beside);
    }

    /** The same schema without these tables and the sequences that go with them. */
    public Schema withoutTables(Predicate<String> unwanted) {
        if (tables.keySet().stream().noneMatch(unwanted)) {
            return this;
        }
        Map<String, Table> otherTables = new TreeMap<>(tables);
        otherTables.keySet().removeIf(unwanted);
        Map<String, Sequence> otherSequences = new TreeMap<>(sequences);
        otherSequences.values().removeIf(sequence -> sequence.ownerIn(tables)
                .filter(owner -> unwanted.test(owner.get(0)))
                .isPresent());
        SchemaObjects others = withTables(otherTables).objects();
        return new Schema(otherTables, views, routines, otherSequences, types, extensions, others, further, beside);
    }

    private static <T> Map<String, T> sorted(Map<String, T> map) {
        return map instanceof ByName ? map : new ByName<>(map);
    }
}
