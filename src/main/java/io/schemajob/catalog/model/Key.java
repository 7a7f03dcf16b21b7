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
 */
public record Key(
        String name, List<String> columns, List<String> include, boolean nullsNotDistinct, Deferral deferral) {
    public Key {
        columns = List.copyOf(columns);
        include = List.copyOf(include);
    }

    /** The same by another name; null for none. */
    public Key named(String other) {
        return new Key(other, columns, include, nullsNotDistinct, deferral);
    }

    public static Key of(String name, List<String> columns) {
        return new Key(name, columns, List.of(), false, Deferral.NOT_DEFERRABLE);
    }
}
