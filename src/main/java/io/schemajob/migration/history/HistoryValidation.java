package io.schemajob.migration.history;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import io.schemajob.migration.history.HistoryProblem.Kind;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Compares history and bundle in one pass over both. Flyway's own validation finds the same but reads everything
 * several times (flyway#4278: over 50 s for 4,400 scripts).
 */
public final class HistoryValidation {
    private HistoryValidation() {}

    /** Every contradiction, in order of version; empty when all is well. */
    public static List<HistoryProblem> problems(Bundle bundle, History history) {
        Map<Version, Migration> known = new TreeMap<>();
        bundle.migrations().forEach(migration -> known.put(migration.version(), migration));
        Optional<Version> baseline = history.baseline();
        Map<Version, AppliedMigration> applied = history.versioned();
        List<HistoryProblem> problems = new ArrayList<>();
        applied.forEach((version, row) -> {
            if (!row.success()) {
                problems.add(failed(row, version.toString()));
            } else if (baseline.isEmpty() || version.compareTo(baseline.get()) > 0) {
                compare(row, known.get(version)).ifPresent(problems::add);
            }
        });
        history.repeatable().values().stream()
                .filter(row -> !row.success())
                .map(row -> failed(row, row.description()))
                .forEach(problems::add);
        history.current()
                .ifPresent(current -> known.forEach((version, migration) -> {
                    boolean below = baseline.isPresent() && version.compareTo(baseline.get()) <= 0;
                    if (!below && version.compareTo(current) < 0 && !applied.containsKey(version)) {
                        problems.add(new HistoryProblem(
                                Kind.OUT_OF_ORDER,
                                version.toString(),
                                "%s was never applied, but the database is already at %s"
                                        .formatted(migration.up().name(), current)));
                    }
                }));
        return problems;
    }

    private static HistoryProblem failed(AppliedMigration row, String version) {
        return new HistoryProblem(
                Kind.FAILED,
                version,
                "%s failed on %s and cannot run in a transaction, so part of it may have happened"
                        .formatted(row.script(), row.installedOn()));
    }

    private static Optional<HistoryProblem> compare(AppliedMigration row, Migration migration) {
        String version = row.version().toString();
        if (migration == null) {
            return Optional.of(new HistoryProblem(
                    Kind.MISSING, version, "%s was applied, but the bundle does not have it".formatted(row.script())));
        }
        int checksum = migration.up().checksum();
        if (row.checksum() != null && row.checksum() != checksum) {
            return Optional.of(new HistoryProblem(
                    Kind.CHECKSUM,
                    version,
                    "%s was changed after it was applied: checksum %d in the history, %d in the bundle"
                            .formatted(migration.up().name(), row.checksum(), checksum)));
        }
        if (!row.description().equals(migration.description())) {
            return Optional.of(new HistoryProblem(
                    Kind.DESCRIPTION,
                    version,
                    "it was applied as \"%s\" and is now called \"%s\""
                            .formatted(row.description(), migration.description())));
        }
        return Optional.empty();
    }

    /** Throws HISTORY_INVALID with every problem and the way out, if there is any. */
    public static void require(Bundle bundle, History history) {
        require(bundle, history, "Nothing was changed");
    }

    /**
     * The same at the end of a run: another tool, which does not know the job lock, may have written to the history.
     */
    public static void requireStill(Bundle bundle, History history) {
        require(bundle, history, "What was reported as applied stays applied");
    }

    private static void require(Bundle bundle, History history, String state) {
        List<HistoryProblem> problems = problems(bundle, history);
        if (!problems.isEmpty()) {
            throw failure(bundle, history, problems, state);
        }
    }

    /** HISTORY_INVALID with these problems and the way out. */
    public static SchemajobException failure(
            Bundle bundle, History history, List<HistoryProblem> problems, String state) {
        String list = list(problems);
        return Failure.of(ExitStatus.HISTORY_INVALID, "The history and the bundle contradict each other: " + list + ".")
                .where("bundle %s (%s)".formatted(bundle.name(), bundle.origin()))
                .databaseState("%s; the schema is at %s."
                        .formatted(
                                state, history.current().map(Version::toString).orElse("no version")))
                .hint(wayOut(problems))
                .asException();
    }

    /** All of them in one line. */
    public static String list(List<HistoryProblem> problems) {
        return problems.stream()
                .map(problem -> "migration " + problem.version() + ": " + problem.message())
                .collect(Collectors.joining("; "));
    }

    /** What to do about them, for people. */
    public static String wayOut(List<HistoryProblem> problems) {
        if (problems.stream().anyMatch(problem -> problem.kind() == Kind.HALF_ROLLED_BACK)) {
            return "schemajob rollback -1 --yes completes it.";
        }
        if (problems.stream().allMatch(problem -> problem.kind() == Kind.FAILED)) {
            return "Look at what the script has left (schemajob verify). Then correct the statement that failed and run the"
                    + " job again; or, if it may run again as it is: schemajob repair && schemajob migrate";
        }
        if (problems.stream().allMatch(HistoryProblem::repairable)) {
            return "Put the script back as it was; or, if the database is as the bundle says: schemajob repair";
        }
        if (problems.stream().anyMatch(problem -> problem.kind() == Kind.MISSING)) {
            return "Put the missing script back. If this is an older release than the one that migrated the database,"
                    + " use the newer one, or roll back its migrations with it: schemajob rollback VERSION --yes";
        }
        return "Give the late script a version above the newest one, and run the job again.";
    }
}
