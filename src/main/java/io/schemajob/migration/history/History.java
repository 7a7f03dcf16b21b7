package io.schemajob.migration.history;

import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the history table says, rolled back rows already left out.
 *
 * @param exists whether there is a history table at all
 * @param rows all of them, by rank
 */
public record History(boolean exists, List<AppliedMigration> rows) {

    public static History none() {
        return new History(false, List.of());
    }

    /** Versioned scripts that ran (or failed) and were not rolled back, in order of version. */
    public Map<Version, AppliedMigration> versioned() {
        Map<Version, AppliedMigration> applied = new TreeMap<>();
        for (AppliedMigration row : rows) {
            if (row.version() == null || row.synthetic()) {
                continue;
            }
            if (row.takesBack()) {
                applied.remove(row.version());
            } else {
                applied.put(row.version(), row);
            }
        }
        return applied;
    }

    /** The last run of each repeatable migration, by description. */
    public Map<String, AppliedMigration> repeatable() {
        Map<String, AppliedMigration> last = new HashMap<>();
        repeatableRuns().forEach(row -> last.put(row.description(), row));
        return last;
    }

    /** Every run of a repeatable migration, in order. */
    public List<AppliedMigration> repeatableRuns() {
        return rows.stream()
                .filter(row -> row.version() == null && !row.synthetic())
                .toList();
    }

    /** The version up to which everything is taken as applied without a row of its own. */
    public Optional<Version> baseline() {
        return rows.stream()
                .filter(AppliedMigration::baseline)
                .map(AppliedMigration::version)
                .max(Comparator.naturalOrder());
    }

    /** The newest version that was applied with success. */
    public Optional<Version> current() {
        List<Version> versions = new ArrayList<>();
        baseline().ifPresent(versions::add);
        versioned().values().stream()
                .filter(AppliedMigration::success)
                .map(AppliedMigration::version)
                .forEach(versions::add);
        return versions.stream().max(Comparator.naturalOrder());
    }

    /** Whether the script of a migration was applied as it is now. */
    public boolean applied(Migration migration) {
        AppliedMigration row = migration.repeatable()
                ? repeatable().get(migration.description())
                : versioned().get(migration.version());
        return row != null
                && row.success()
                && row.checksum() != null
                && row.checksum() == migration.up().checksum();
    }

    /** Rows of scripts that could not run in a transaction and failed. */
    public List<AppliedMigration> failed() {
        return rows.stream().filter(row -> !row.success()).toList();
    }

    /** Whether nothing was ever recorded. */
    public boolean empty() {
        return versioned().isEmpty() && baseline().isEmpty();
    }
}
