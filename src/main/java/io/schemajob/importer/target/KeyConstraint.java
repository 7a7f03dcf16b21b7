package io.schemajob.importer.target;

import java.util.List;

/**
 * A primary key or unique constraint that can be dropped and made again: nothing but its definition would be lost with it.
 *
 * @param definition to make it again
 * @param references foreign keys to it, which have to be dropped first
 */
public record KeyConstraint(String name, String definition, List<Reference> references) {
    /**
     * A foreign key.
     *
     * @param tableSql the table that refers, quoted and with its schema
     * @param empty whether that table has no rows
     */
    public record Reference(String tableSql, String name, String definition, boolean empty) {}
}
