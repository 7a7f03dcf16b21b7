package io.schemajob.importer.load;

import io.schemajob.database.lock.LockWatch;
import io.schemajob.database.query.Identifiers;
import io.schemajob.database.session.DeferredConstraints;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.target.KeyConstraint;
import io.schemajob.importer.target.MappedForeignKey;
import io.schemajob.importer.target.SecondaryIndex;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets empty tables be loaded before their keys and indexes are built and their foreign keys are checked, all in one
 * transaction: nobody else ever sees them without, and a rollback brings them back. Building an index over a million
 * rows takes a fraction of the time of adding them one by one, most of all a key of UUIDs, and so does checking a foreign key
 * by one join.
 */
final class SuspendedIndexes {
    private final Connection session;

    /** Tables that are loaded and empty until then; a foreign key of another table has to be let alone unless that is empty too. */
    private final Set<String> loaded;

    private final Set<List<String>> dropped = new HashSet<>();
    private final List<Restored> keys = new ArrayList<>();
    private final List<Restored> indexes = new ArrayList<>();
    private final List<Restored> foreignKeys = new ArrayList<>();

    /** What is brought back, and how. */
    private record Restored(String name, String sql) {}

    private SuspendedIndexes(LoadContext context) {
        this.session = context.session();
        this.loaded = context.plan().tables().stream()
                .map(table -> table.target().sql())
                .collect(Collectors.toSet());
    }

    /** Takes away what is wholly known by its definition, from these tables, which are empty and ours. */
    static SuspendedIndexes of(LoadContext context, List<TablePlan> tables) throws SQLException {
        SuspendedIndexes suspended = new SuspendedIndexes(context);
        for (TablePlan table : tables) {
            for (MappedForeignKey key : table.target().foreignKeys()) {
                // A key that is not loaded is NULL everywhere, or a default: nothing worth locking another table for.
                boolean named = key.columns().stream().anyMatch(column -> table.index(column) >= 0);
                if (key.droppable() && named) {
                    suspended.suspend(
                            suspended.foreignKeys, "foreign key", table.target().sql(), key.name(), key.definition());
                }
            }
        }
        for (TablePlan table : tables) {
            for (KeyConstraint key : table.target().keys()) {
                suspended.suspend(table, key);
            }
            for (SecondaryIndex index : table.target().indexes()) {
                suspended.execute("DROP INDEX " + index.name());
                suspended.indexes.add(new Restored("index " + index.name(), index.definition()));
            }
        }
        return suspended;
    }

    private void suspend(TablePlan table, KeyConstraint key) throws SQLException {
        boolean free = key.references().stream()
                .allMatch(reference -> reference.empty() || loaded.contains(reference.tableSql()));
        if (free) {
            for (KeyConstraint.Reference reference : key.references()) {
                suspend(foreignKeys, "foreign key", reference.tableSql(), reference.name(), reference.definition());
            }
            suspend(keys, "key", table.target().sql(), key.name(), key.definition());
        }
    }

    private void suspend(List<Restored> list, String kind, String table, String constraint, String definition)
            throws SQLException {
        if (dropped.add(List.of(table, constraint))) {
            String name = Identifiers.quote(constraint);
            execute("ALTER TABLE " + table + " DROP CONSTRAINT " + name);
            list.add(new Restored(
                    "%s %s of %s".formatted(kind, name, table),
                    "ALTER TABLE " + table + " ADD CONSTRAINT " + name + " " + definition));
        }
    }

    private List<Restored> all() {
        return Stream.of(keys, indexes, foreignKeys).flatMap(List::stream).toList();
    }

    /** How many keys and indexes are missing now. */
    int count() {
        return all().size();
    }

    /** Brings everything back; an SQLException of class 23 means that the rows violate it. */
    void restore(LoadContext context) throws SQLException {
        int done = 0;
        List<Restored> all = all();
        if (!all.isEmpty()) {
            // A table of which triggers wait for the COMMIT cannot be altered: they run now, when all rows are there.
            try (LockWatch.Watch watch = context.phase("Running deferred triggers")) {
                DeferredConstraints.fire(session);
            }
        }
        for (Restored restored : all) {
            String what = "Making %s (%d of %d)".formatted(restored.name(), ++done, all.size());
            try (LockWatch.Watch watch = context.phase(what)) {
                execute(restored.sql());
            } catch (SQLException e) {
                throw ServerRefusal.named(restored.name(), e);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
