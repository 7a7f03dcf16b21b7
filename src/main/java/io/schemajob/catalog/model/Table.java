package io.schemajob.catalog.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A table. Columns keep their order; everything else is sorted by name.
 *
 * @param name as stored
 * @param columns in order
 * @param primaryKey or null
 * @param unique unique constraints
 * @param foreignKeys that this table has, not those that point to it
 * @param checks its own, not those inherited from a parent
 * @param exclusions exclusion constraints
 * @param indexes that no constraint owns and no partitioned parent brought
 * @param triggers of its own, without those that constraints make
 * @param partitionBy {@code RANGE (created_at)} for a partitioned table, or null
 * @param partition for a partition, or null
 * @param partitions whether those of a partitioned table are declared; null where nothing is said of further ones
 * @param inherits parents by classical inheritance
 * @param unlogged whether it loses its rows in a crash
 * @param rowSecurity whether row-level security is on
 * @param forceRowSecurity whether row-level security holds for the owner too
 * @param owner the role; null where a declaration leaves it open
 * @param comment or null
 * @param rows that must exist; always empty for a live table
 */
public record Table(
        String name,
        List<Column> columns,
        Key primaryKey,
        List<Key> unique,
        List<ForeignKey> foreignKeys,
        List<Check> checks,
        List<Exclusion> exclusions,
        List<Index> indexes,
        List<Trigger> triggers,
        String partitionBy,
        Partition partition,
        PartitionPolicy partitions,
        List<String> inherits,
        boolean unlogged,
        boolean rowSecurity,
        boolean forceRowSecurity,
        String owner,
        String comment,
        List<Row> rows) {
    public Table {
        columns = List.copyOf(columns);
        unique = sorted(unique, Key::name);
        foreignKeys = sorted(foreignKeys, ForeignKey::name);
        checks = sorted(checks, Check::name);
        exclusions = sorted(exclusions, Exclusion::name);
        indexes = sorted(indexes, Index::name);
        triggers = sorted(triggers, Trigger::name);
        inherits = List.copyOf(inherits);
        rows = List.copyOf(rows);
    }

    /** The tables that it has columns from: the partitioned one, or those that it inherits from. */
    public List<String> parents() {
        return partition == null ? inherits : List.of(partition.parent());
    }

    /** The primary key, if there is one, and the unique constraints. */
    public Stream<Key> keys() {
        return Stream.concat(Stream.ofNullable(primaryKey), unique.stream());
    }

    public Optional<Column> column(String wanted) {
        for (Column column : columns) {
            if (column.name().equals(wanted)) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }

    /** The same with other columns. */
    public Table withColumns(List<Column> others) {
        TableBuilder builder = TableBuilder.of(this);
        builder.columns.clear();
        builder.columns.addAll(others);
        return builder.build();
    }

    private static <T> List<T> sorted(List<T> list, Function<T, String> name) {
        if (list.size() < 2) {
            return List.copyOf(list);
        }
        List<T> copy = new ArrayList<>(list);
        copy.sort(Comparator.comparing(name));
        return List.copyOf(copy);
    }

    public ObjectIdentity identity() {
        return ObjectIdentity.of("table", name);
    }
}
