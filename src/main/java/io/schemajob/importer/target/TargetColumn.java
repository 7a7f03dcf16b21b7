package io.schemajob.importer.target;

import io.schemajob.importer.convert.TargetType;

/**
 * A column of a PostgreSQL table.
 *
 * @param type null if values of its type cannot be imported
 * @param typeName as PostgreSQL prints it
 * @param base of a domain, the type below it; else the same
 * @param notNull whether NULL is refused, by the column or its domain
 * @param filled whether the server fills it where nothing is loaded: default, identity
 * @param generated always computed, never loaded
 */
public record TargetColumn(
        String name,
        TargetType type,
        String typeName,
        String base,
        boolean notNull,
        boolean filled,
        boolean generated) {
    /** Whether the type has rules of its own. */
    public boolean isDomain() {
        return !base.equals(typeName);
    }
}
