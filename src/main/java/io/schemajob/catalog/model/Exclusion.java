package io.schemajob.catalog.model;

/**
 * An exclusion constraint.
 *
 * @param name of the constraint
 * @param definition as {@code pg_get_constraintdef} prints it: {@code EXCLUDE USING gist (room WITH =)}
 */
public record Exclusion(String name, String definition) {}
