package io.schemajob.migration.plan;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import io.schemajob.migration.history.AppliedMigration;
import io.schemajob.migration.history.History;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides which migrations a run applies or rolls back. Pure: bundle and history in, migrations out. */
public final class Plan {
    private static final String UNCHANGED = "Nothing was changed.";

    private Plan() {}

    /** What is not applied yet, in the order in which it will be: versioned first, then repeatable. */
    public static List<Migration> pending(Bundle bundle, History history) {
        Optional<Version> current = history.current();
        List<Migration> pending = new ArrayList<>();
        for (Migration migration : bundle.migrations()) {
            if (current.isEmpty() || migration.version().compareTo(current.get()) > 0) {
                pending.add(migration);
            }
        }
        Map<String, AppliedMigration> last = history.repeatable();
        for (Migration migration : bundle.repeatables()) {
            AppliedMigration row = last.get(migration.description());
            if (row == null
                    || row.checksum() == null
                    || row.checksum() != migration.up().checksum()) {
                pending.add(migration);
            }
        }
        return pending;
    }

    /** What of the pending migrations leads to the target. Repeatable ones run only when the target is the newest. */
    public static List<Migration> up(Bundle bundle, History history, Target target) {
        List<Migration> pending = pending(bundle, history);
        return switch (target.kind()) {
            case HEAD -> pending;
            case STEPS -> steps(pending, target.steps());
            case VERSION -> to(bundle, history, pending, target.requireKnown(bundle, UNCHANGED));
            case BASE ->
                throw history.current().isEmpty()
                        ? usage("migrate leads upwards, and nothing is applied at base.", "schemajob migrate")
                        : downwards("base");
        };
    }

    private static List<Migration> steps(List<Migration> pending, int steps) {
        if (steps < 0) {
            throw downwards(String.valueOf(steps));
        }
        List<Migration> versioned =
                pending.stream().filter(migration -> !migration.repeatable()).toList();
        return versioned.size() <= steps ? pending : versioned.subList(0, steps);
    }

    private static List<Migration> to(Bundle bundle, History history, List<Migration> pending, Version version) {
        Optional<Version> current = history.current();
        if (current.isPresent() && version.compareTo(current.get()) < 0) {
            throw downwards(version.toString());
        }
        if (bundle.head().orElseThrow().equals(version)) {
            return pending;
        }
        return pending.stream()
                .filter(migration ->
                        !migration.repeatable() && migration.version().compareTo(version) <= 0)
                .toList();
    }

    /** What is rolled back to reach the target, newest first. */
    public static List<Migration> down(Bundle bundle, History history, Target target) {
        Map<Version, AppliedMigration> rows = history.versioned();
        Optional<Version> baseline = history.baseline();
        List<Migration> applied = new ArrayList<>();
        for (Migration migration : bundle.migrations()) {
            if (rows.containsKey(migration.version())
                    || baseline.isPresent() && migration.version().compareTo(baseline.get()) <= 0) {
                applied.add(migration);
            }
        }
        Collections.reverse(applied);
        return switch (target.kind()) {
            case BASE -> applied;
            case HEAD -> {
                if (history.current().equals(bundle.head())) {
                    yield List.of();
                }
                throw upwards("head");
            }
            case STEPS -> {
                if (target.steps() > 0) {
                    throw upwards("+" + target.steps());
                }
                if (-target.steps() > applied.size()) {
                    throw tooFar(-target.steps(), applied.size());
                }
                yield applied.subList(0, -target.steps());
            }
            case VERSION -> {
                target.requireKnown(bundle, UNCHANGED);
                if (history.current().isEmpty()
                        || target.version().compareTo(history.current().get()) > 0) {
                    throw upwards(target.version().toString());
                }
                yield applied.stream()
                        .filter(migration -> migration.version().compareTo(target.version()) > 0)
                        .toList();
            }
        };
    }

    private static SchemajobException downwards(String target) {
        return usage(
                "migrate leads upwards, but the target %s is below the version of the database.".formatted(target),
                "schemajob rollback %s --yes".formatted(target));
    }

    private static SchemajobException upwards(String target) {
        return usage(
                "rollback leads downwards, but the target %s is above the version of the database.".formatted(target),
                "schemajob migrate %s".formatted(target));
    }

    /** Whoever counts wrong may have a version in mind; taking everything back would be the worst answer. */
    private static SchemajobException tooFar(int steps, int applied) {
        return usage(
                "%d migrations cannot be rolled back: only %d are applied.".formatted(steps, applied),
                "schemajob info lists them; schemajob rollback base --yes rolls back all.");
    }

    private static SchemajobException usage(String message, String hint) {
        return Failure.of(ExitStatus.USAGE, message)
                .databaseState(UNCHANGED)
                .hint(hint)
                .asException();
    }
}
