package io.schemajob.catalog;

import io.schemajob.catalog.diff.Inheritance;
import io.schemajob.catalog.kind.Kinds;
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

/**
 * Takes partitions out of a snapshot that are made and dropped with time, by retention rather than by a migration: declared
 * one by one they would be drift in days.
 *
 * @param schema without them; their tables say {@code partitions: ignore}
 * @param left how many were left out of which table
 */
public record TimePartitions(Schema schema, Map<String, Integer> left) {
    private static final Pattern KEY = Pattern.compile("(?i)RANGE \\((\"(?:[^\"]|\"\")*\"|[^\\s,()\"]+).*");
    private static final Pattern DATE = Pattern.compile("'\\d{4}-\\d{2}(?:-\\d{2}[^']*)?'");
    private static final Pattern PERIOD =
            Pattern.compile(".*(?:^|[^0-9])(?:19|20)\\d{2}[_-]?[mwq]?\\d{1,2}(?:[_-]?d?\\d{1,2})?");

    /** @param previous what was declared before: where it says what to do with a table's partitions, that stays */
    public static TimePartitions of(Schema snapshot, Schema previous) {
        Map<String, List<Table>> partitions = new HashMap<>();
        Set<String> referenced = new HashSet<>();
        for (Table table : snapshot.tables().values()) {
            if (table.partition() != null && !Inheritance.isDefault(table)) {
                partitions
                        .computeIfAbsent(table.partition().parent(), parent -> new ArrayList<>())
                        .add(table);
            }
            table.foreignKeys().forEach(key -> referenced.add(key.table()));
        }
        Map<String, Table> marked = new HashMap<>(snapshot.tables());
        for (Table table : snapshot.tables().values()) {
            if (table.partitionBy() != null) {
                Table before = previous.tables().get(table.name());
                TableBuilder builder = TableBuilder.of(table);
                builder.partitions = before != null && before.partitions() != null
                        ? before.partitions()
                        : comeAndGo(table, partitions.getOrDefault(table.name(), List.of()), referenced)
                                ? PartitionPolicy.IGNORE
                                : null;
                marked.put(table.name(), builder.build());
            }
        }
        Schema declared = snapshot.withTables(marked);
        Set<String> kept = Inheritance.withoutIgnored(declared).tables().keySet();
        Schema without = declared.withoutTables(table -> !kept.contains(table));
        without = without.withObjects(without.objects().filtered(object -> {
            String relation = Kinds.of(object.kind()).relation(object);
            return relation == null
                    || kept.contains(relation)
                    || !snapshot.tables().containsKey(relation);
        }));
        Map<String, Integer> left = new TreeMap<>();
        for (Table table : declared.tables().values()) {
            if (table.partitions() == PartitionPolicy.IGNORE && kept.contains(table.name())) {
                left.put(table.name(), 0);
            }
        }
        for (Table table : snapshot.tables().values()) {
            if (!kept.contains(table.name())) {
                root(table, declared, kept).ifPresent(root -> left.merge(root, 1, Integer::sum));
            }
        }
        return new TimePartitions(without, left);
    }

    /** The next table above that is declared. */
    private static Optional<String> root(Table table, Schema schema, Set<String> kept) {
        Set<String> seen = new HashSet<>();
        Table at = table;
        while (at != null && at.partition() != null && seen.add(at.name())) {
            if (kept.contains(at.partition().parent())) {
                return Optional.of(at.partition().parent());
            }
            at = schema.tables().get(at.partition().parent());
        }
        return Optional.empty();
    }

    /**
     * Whether its partitions are of those that time makes and drops.
     *
     * @param partitions but a default one
     * @param referenced tables that a foreign key leads to
     */
    private static boolean comeAndGo(Table table, List<Table> partitions, Set<String> referenced) {
        if (partitions.stream().map(Table::name).anyMatch(referenced::contains)) {
            return false;
        }
        if (partitions.isEmpty()) {
            return isTime(table);
        }
        boolean range = table.partitionBy().regionMatches(true, 0, "RANGE", 0, "RANGE".length());
        return partitions.stream()
                .allMatch(
                        partition -> DATE.matcher(partition.partition().bound()).find()
                                || range && PERIOD.matcher(partition.name()).matches());
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
