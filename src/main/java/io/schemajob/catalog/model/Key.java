package io.schemajob.catalog.model;

import java.util.List;

/**
 * A primary key or a unique constraint.
 *
 * @param name of the constraint; null where a declaration leaves it open
 * @param columns in order; the last of a temporal key ends in {@code WITHOUT OVERLAPS} (PostgreSQL 18)
 * @param include further columns stored in its index
 * @param nullsNotDistinct whether two NULLs are equal (from PostgreSQL 15)
 * @param deferral when it is checked
 * @param valid whether its index is complete; one {@code ONLY} of a partitioned table is not while a partition lacks its part
 */
public record Key(
        String name,
        List<String> columns,
        List<String> include,
        boolean nullsNotDistinct,
        Deferral deferral,
        boolean valid) {
    public Key {
        columns = List.copyOf(columns);
        include = List.copyOf(include);
    }

    /** Whether the periods of two rows with equal columns must not overlap; PostgreSQL keeps such a key by an exclusion. */
    public boolean isTemporal() {
        return columns.stream().anyMatch(column -> column.endsWith(" WITHOUT OVERLAPS"));
    }

    /** The same by another name; null for none. */
    public Key named(String other) {
        return new Key(other, columns, include, nullsNotDistinct, deferral, valid);
    }

    /** The same once all partitions have their parts. */
    public Key whole() {
        return new Key(name, columns, include, nullsNotDistinct, deferral, true);
    }

    public static Key of(String name, List<String> columns) {
        return new Key(name, columns, List.of(), false, Deferral.NOT_DEFERRABLE, true);
    }
}
