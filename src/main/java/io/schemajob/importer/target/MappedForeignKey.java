package io.schemajob.importer.target;

import java.util.List;

/**
 * A foreign key of a PostgreSQL table.
 *
 * @param name of the constraint
 * @param columns that refer
 * @param table that is referred to, in the same schema; null if it is in another
 * @param referenced its columns, in the order of {@code columns}
 * @param tableSql the referred table, quoted and with its schema
 * @param definition to make it again
 * @param droppable whether nothing but that definition would be lost with it
 */
public record MappedForeignKey(
        String name,
        List<String> columns,
        String table,
        List<String> referenced,
        String tableSql,
        String definition,
        boolean droppable) {
    /** Whether all of its columns are NULL or none (MATCH FULL). */
    public boolean isFull() {
        return definition.replaceAll("\"[^\"]*\"", "").contains(" MATCH FULL");
    }
}
