package io.schemajob.catalog;

import io.schemajob.catalog.diff.Inheritance;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.PartitionObjects;
import io.schemajob.catalog.model.PartitionPolicy;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.TableBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes partitions out of a snapshot that are made and dropped with time, by retention rather than by a migration: declared
 * one by one they would be drift in days.
 *
 * @param schema without them; their tables say {@code partitions: ignore}
 * @param left how many were left out of which table
 */
public record TimePartitions(Schema schema, Map<String, Integer> left) {
    private static final Pattern KEY = Pattern.compile("(?i)RANGE \\((\"(?:[^\"]|\"\")*\"|[^\\s,()\"]+).*");
    private static final Pattern DATE = Pattern.compile("'\\d{4}-(?:\\d{2}(?:-\\d{2}[^']*)?|W\\d{2}|Q[1-4])'");
    private static final Pattern PERIOD =
            Pattern.compile(".*(?:^|[^0-9])(?:19|20)\\d{2}[_-]?[mwq]?\\d{1,2}(?:[_-]?d?\\d{1,2})?");

    /** A year is a number as any other: it counts where the name says it too. */
    private static final Pattern YEAR =
            Pattern.compile("(?i).*FROM \\('?((?:19|20)\\d{2})'?\\) TO \\('?(\\d{4})'?\\).*");

    /** A partition by its qualified name. */
    private record Part(String name, Table table) {}

    /** @param previous what was declared before: where it says what to do with a table's partitions, that stays */
    public static TimePartitions of(Schema snapshot, Schema previous) {
        return of(snapshot, previous, "");
    }

    /** @param main name of the schema, for further ones that hold partitions of its tables */
    public static TimePartitions of(Schema snapshot, Schema previous, String main) {
        if (Stream.concat(Stream.of(snapshot), snapshot.further().values().stream())
                .flatMap(schema -> schema.tables().values().stream())
                .allMatch(table -> table.partitionBy() == null && table.partition() == null)) {
            return new TimePartitions(snapshot, Map.of());
        }
        Map<String, List<Part>> partitions = new HashMap<>();
        Set<String> referenced = new HashSet<>();
        collect(main, snapshot, partitions, referenced);
        snapshot.further().forEach((name, schema) -> collect(name, schema, partitions, referenced));
        Map<String, Schema> others = new TreeMap<>();
        snapshot.further()
                .forEach((name, schema) -> others.put(
                        name,
                        marked(
                                name,
                                schema,
                                previous.further().getOrDefault(name, Schema.EMPTY),
                                partitions,
                                referenced)));
        Schema marked = marked(main, snapshot, previous, partitions, referenced)
                .withFurther(others)
                .linked(main);
        Map<String, Integer> left = new TreeMap<>();
        Schema without = without(marked, "", main, left);
        Map<String, Schema> further = new TreeMap<>();
        marked.further().forEach((name, schema) -> further.put(name, without(schema, name + ".", main, left)));
        return new TimePartitions(without.withFurther(further), left);
    }

    /** All partitions by the qualified name of their table, and the qualified names of what foreign keys lead to. */
    private static void collect(
            String name, Schema schema, Map<String, List<Part>> partitions, Set<String> referenced) {
        for (Table table : schema.tables().values()) {
            if (table.partition() != null && !Inheritance.isDefault(table)) {
                String parent = qualified(name, schema, table.partition().parent());
                partitions
                        .computeIfAbsent(parent, key -> new ArrayList<>())
                        .add(new Part(name + "." + table.name(), table));
            }
            table.foreignKeys().forEach(key -> referenced.add(qualified(name, schema, key.table())));
        }
    }

    private static String qualified(String name, Schema schema, String table) {
        return schema.tables().containsKey(table) ? name + "." + table : table;
    }

    private static Schema marked(
            String name, Schema schema, Schema previous, Map<String, List<Part>> partitions, Set<String> referenced) {
        Map<String, Table> marked = new HashMap<>(schema.tables());
        for (Table table : schema.tables().values()) {
            if (table.partitionBy() != null) {
                Table before = previous.tables().get(table.name());
                TableBuilder builder = TableBuilder.of(table);
                builder.partitions = before != null && before.partitions() != null
                        ? before.partitions()
                        : comeAndGo(table, partitions.getOrDefault(name + "." + table.name(), List.of()), referenced)
                                ? PartitionPolicy.IGNORE
                                : null;
                marked.put(table.name(), builder.build());
            }
        }
        return schema.withTables(marked);
    }

    /** @param prefix of its tables in {@code left} */
    private static Schema without(Schema declared, String prefix, String main, Map<String, Integer> left) {
        Set<String> kept = Inheritance.withoutIgnored(declared).tables().keySet();
        Schema without = declared.withObjects(
                        PartitionObjects.inSection(declared.objects(), table -> isLeft(table, declared, kept)))
                .withoutTables(table -> !kept.contains(table));
        without = without.withObjects(without.objects().filtered(object -> {
            String relation = Kinds.of(object.kind()).relation(object);
            return relation == null
                    || kept.contains(relation)
                    || !declared.tables().containsKey(relation);
        }));
        for (Table table : declared.tables().values()) {
            if (table.partitions() == PartitionPolicy.IGNORE && kept.contains(table.name())) {
                left.putIfAbsent(prefix + table.name(), 0);
            } else if (!kept.contains(table.name())) {
                root(table, declared, kept).ifPresent(root -> {
                    boolean own = declared.tables().containsKey(root);
                    String name = own
                            ? prefix + root
                            : root.startsWith(main + ".") ? root.substring(main.length() + 1) : root;
                    left.merge(name, 1, Integer::sum);
                });
            }
        }
        return without;
    }

    private static boolean isLeft(String table, Schema declared, Set<String> kept) {
        return declared.tables().containsKey(table) && !kept.contains(table);
    }

    /** The next table above that is declared. */
    private static Optional<String> root(Table table, Schema schema, Set<String> kept) {
        Set<String> seen = new HashSet<>();
        Table at = table;
        while (at != null && at.partition() != null && seen.add(at.name())) {
            String parent = at.partition().parent();
            if (kept.contains(parent) || schema.beside().containsKey(parent)) {
                return Optional.of(parent);
            }
            at = schema.tables().get(parent);
        }
        return Optional.empty();
    }

    /**
     * Whether its partitions are of those that time makes and drops.
     *
     * @param partitions but a default one
     * @param referenced tables that a foreign key leads to
     */
    private static boolean comeAndGo(Table table, List<Part> partitions, Set<String> referenced) {
        if (partitions.stream().map(Part::name).anyMatch(referenced::contains)) {
            return false;
        }
        if (partitions.isEmpty()) {
            return isTime(table);
        }
        boolean range = table.partitionBy().regionMatches(true, 0, "RANGE", 0, "RANGE".length());
        return partitions.stream()
                .map(Part::table)
                .allMatch(
                        partition -> DATE.matcher(partition.partition().bound()).find()
                                || isYear(partition)
                                || range && PERIOD.matcher(partition.name()).matches());
    }

    private static boolean isYear(Table partition) {
        Matcher years = YEAR.matcher(partition.partition().bound());
        return years.matches()
                && Integer.parseInt(years.group(2)) == Integer.parseInt(years.group(1)) + 1
                && partition.name().matches(".*(?:^|[^0-9])" + years.group(1));
    }

    private static boolean isTime(Table table) {
        Matcher key = KEY.matcher(table.partitionBy());
        return key.matches()
                && table.column(key.group(1).replace("\"", ""))
                        .map(column -> column.type().startsWith("timestamp")
                                || column.type().equals("date"))
                        .orElse(false);
    }
}
