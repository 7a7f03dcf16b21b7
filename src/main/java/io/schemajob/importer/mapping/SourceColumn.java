package io.schemajob.importer.mapping;

/**
 * A column of a SQLite table.
 *
 * @param name as it was declared
 * @param declaredType whatever was written there, may be empty; SQLite hardly minds it
 * @param notNull declared so
 * @param keyPosition from 1 in the primary key, 0 outside of it
 * @param generated whether SQLite computes it, and nothing can be written into it
 */
public record SourceColumn(String name, String declaredType, boolean notNull, int keyPosition, boolean generated) {
    public SourceColumn(String name, String declaredType, boolean notNull, int keyPosition) {
        this(name, declaredType, notNull, keyPosition, false);
    }
}
