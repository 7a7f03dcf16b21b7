package io.schemajob.migration.plan;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import io.schemajob.migration.history.AppliedMigration;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryProblem;
import io.schemajob.migration.history.HistoryValidation;
import io.schemajob.migration.script.MigrationLabels;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a database is ready for an application that was built with a bundle. Pure: bundle and history in, the
 * reason out.
 *
 * <p>A database that is newer than the bundle is ready: pods of the old release start again while, or after, the new
 * one has migrated. For the same reason a repeatable migration counts once it has run as the bundle has it, whatever
 * ran after it.
 */
public final class Readiness {
    private Readiness() {}

    /**
     * What the database still lacks, as a clause for messages; empty when it is ready.
     *
     * @param wanted the version to be at; null for all that the bundle holds, repeatable migrations too
     */
    public static Optional<String> lacks(Bundle bundle, History history, Version wanted) {
        Optional<Version> version = Optional.ofNullable(wanted).or(bundle::head);
        Optional<AppliedMigration> failed = history.failed().stream()
                .filter(row -> row.version() == null
                        || version.isPresent() && row.version().compareTo(version.get()) <= 0)
                .findFirst();
        if (failed.isPresent()) {
            return Optional.of("migration %s has failed".formatted(name(failed.get())));
        }
        long pending = Plan.pending(bundle, history).stream()
                .filter(migration ->
                        !migration.repeatable() && migration.version().compareTo(version.get()) <= 0)
                .count();
        if (pending > 0) {
            return Optional.of("it is at %s, and %d migration(s) are pending"
                    .formatted(MigrationLabels.of(history.current()), pending));
        }
        return wanted == null ? outdated(bundle, history) : Optional.empty();
    }

    /**
     * Where the history says something else than the bundle, so that no waiting helps: another text under the version, a
     * script in the middle that never ran. What is newer than the wanted version is of no concern.
     *
     * @param wanted as in {@link #lacks}
     */
    public static List<HistoryProblem> contradictions(Bundle bundle, History history, Version wanted) {
        Optional<Version> version = Optional.ofNullable(wanted).or(bundle::head);
        return HistoryValidation.problems(bundle, history).stream()
                .filter(problem -> problem.kind() != HistoryProblem.Kind.FAILED)
                .filter(problem ->
                        version.isPresent() && Version.of(problem.version()).compareTo(version.get()) <= 0)
                .toList();
    }

    private static String name(AppliedMigration row) {
        return row.version() == null ? row.description() : row.version().toString();
    }

    private static Optional<String> outdated(Bundle bundle, History history) {
        return bundle.repeatables().stream()
                .filter(migration -> history.repeatableRuns().stream().noneMatch(row -> isRunOf(migration, row)))
                .findFirst()
                .map(migration -> "it is at %s, and the repeatable migration \"%s\" is pending"
                        .formatted(MigrationLabels.of(history.current()), migration.description()));
    }

    private static boolean isRunOf(Migration migration, AppliedMigration row) {
        return row.success()
                && row.description().equals(migration.description())
                && row.checksum() != null
                && row.checksum() == migration.up().checksum();
    }
}
