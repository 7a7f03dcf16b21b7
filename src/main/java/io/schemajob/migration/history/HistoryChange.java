package io.schemajob.migration.history;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the history is to be changed without running anything.
 *
 * @param forgotten rows to remove
 * @param recorded migrations to record as applied, in order
 * @param reached the version that the history says afterwards
 */
public record HistoryChange(List<AppliedMigration> forgotten, List<Migration> recorded, Optional<Version> reached) {
    public HistoryChange {
        forgotten = List.copyOf(forgotten);
        recorded = List.copyOf(recorded);
    }

    /** Leaves the history as it is. */
    public static HistoryChange none(History history) {
        return new HistoryChange(List.of(), List.of(), history.current());
    }

    /** Records what is missing up to a version that is not below the current one. */
    public static HistoryChange upTo(Bundle bundle, History history, Version version) {
        Optional<Version> current = history.current();
        List<Migration> missing = bundle.migrations().stream()
                .filter(migration -> migration.version().compareTo(version) <= 0)
                .filter(migration -> current.isEmpty() || migration.version().compareTo(current.get()) > 0)
                .toList();
        boolean higher = current.isPresent() && current.get().compareTo(version) > 0;
        return new HistoryChange(List.of(), missing, higher ? current : Optional.of(version));
    }

    /**
     * Makes the history say exactly a version: rows above it and failed ones go, missing ones below it come.
     *
     * @param target empty for none at all
     */
    public static HistoryChange exactly(Bundle bundle, History history, Optional<Version> target) {
        List<AppliedMigration> forgotten = new ArrayList<>();
        for (AppliedMigration row : history.rows()) {
            if (row.version() != null && (!row.success() || above(row.version(), target))) {
                forgotten.add(row);
            }
        }
        Optional<Version> baseline = history.rows().stream()
                .filter(row -> row.baseline() && !above(row.version(), target))
                .map(AppliedMigration::version)
                .max(Comparator.naturalOrder());
        Map<Version, AppliedMigration> applied = history.versioned();
        List<Migration> missing = bundle.migrations().stream()
                .filter(migration -> !above(migration.version(), target))
                .filter(migration -> baseline.isEmpty() || above(migration.version(), baseline))
                .filter(migration -> !applied.containsKey(migration.version())
                        || !applied.get(migration.version()).success())
                .toList();
        return new HistoryChange(forgotten, missing, target);
    }

    private static boolean above(Version version, Optional<Version> limit) {
        return limit.isEmpty() || version.compareTo(limit.get()) > 0;
    }
}
