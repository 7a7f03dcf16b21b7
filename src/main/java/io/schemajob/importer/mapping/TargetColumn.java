package io.schemajob.importer.mapping;

import io.schemajob.importer.convert.TargetType;

/**
 * A column of a PostgreSQL table.
 *
 * @param type null if values of its type cannot be imported
 * @param typeName as PostgreSQL prints it
 * @param notNull whether NULL is refused
 * @param filled whether the server fills it where nothing is loaded: default, identity
 * @param generated always computed, never loaded
 */
public record TargetColumn(
        String name, TargetType type, String typeName, boolean notNull, boolean filled, boolean generated) {}
