package io.schemajob.importer.load;

import io.schemajob.database.query.Identifiers;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.target.MappedForeignKey;
import io.schemajob.importer.target.SecondaryIndex;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets empty tables be loaded before their secondary indexes are built and their foreign keys are checked, all in one
 * transaction: nobody else ever sees them without, and a rollback brings them back. Building an index over a million
 * rows takes a fraction of the time of adding them one by one, and so does checking a key by one join.
 */
final class SuspendedIndexes {
    private final Connection session;
    private final List<String> restore = new ArrayList<>();

    private SuspendedIndexes(Connection session) {
        this.session = session;
    }

    /** Takes away what is wholly known by its definition, from these tables, which are empty and ours. */
    static SuspendedIndexes of(Connection session, List<TablePlan> tables) throws SQLException {
        SuspendedIndexes suspended = new SuspendedIndexes(session);
        for (TablePlan table : tables) {
            for (SecondaryIndex index : table.target().indexes()) {
                suspended.execute("DROP INDEX " + index.name());
                suspended.restore.add(index.definition());
            }
        }
        for (TablePlan table : tables) {
            for (MappedForeignKey key : table.target().foreignKeys()) {
                // A key that is not loaded is NULL everywhere, or a default: nothing worth locking another table for.
                boolean loaded = key.columns().stream().anyMatch(column -> table.index(column) >= 0);
                if (key.droppable() && loaded) {
                    suspended.suspend(table, key);
                }
            }
        }
        return suspended;
    }

    private void suspend(TablePlan table, MappedForeignKey key) throws SQLException {
        String alter = "ALTER TABLE " + table.target().sql();
        String name = Identifiers.quote(key.name());
        execute(alter + " DROP CONSTRAINT " + name);
        restore.add(alter + " ADD CONSTRAINT " + name + " " + key.definition());
    }

    /** How many indexes and keys are missing now. */
    int count() {
        return restore.size();
    }

    /** Brings everything back; an SQLException of class 23 means that the rows violate it. */
    void restore() throws SQLException {
        for (String sql : restore) {
            execute(sql);
        }
        restore.clear();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
