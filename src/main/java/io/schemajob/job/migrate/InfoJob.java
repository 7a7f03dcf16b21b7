package io.schemajob.job.migrate;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.migration.history.AppliedMigration;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryProblem;
import io.schemajob.migration.history.HistoryValidation;
import io.schemajob.migration.history.StaleFailureCleanup;
import io.schemajob.migration.plan.Plan;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells what is applied, pending and failed. Read-only. */
public final class InfoJob {
    private final RunContext run;

    public InfoJob(RunContext run) {
        this.run = run;
    }

    /**
     * One line of the answer.
     *
     * @param version null for a repeatable migration
     * @param state {@code applied}, {@code pending}, {@code failed}, {@code missing}, {@code baseline} …
     * @param applied the history row, or null
     * @param migration the bundle's, or null
     */
    public record Line(
            String version, String description, String state, AppliedMigration applied, Migration migration) {}

    /** Everything {@code info} can print. */
    public record Info(String current, List<Line> lines, List<HistoryProblem> problems, int pending) {}

    public Info execute() {
        Bundle bundle = run.bundle();
        try (RunSession session = RunSession.open(run, bundle)) {
            History history = session.history();
            List<Migration> pending = Plan.pending(bundle, history);
            List<HistoryProblem> problems = new ArrayList<>(HistoryValidation.problems(bundle, history));
            new StaleFailureCleanup(session.schema(), run.log())
                    .halfRolledBack(session.lockConnection(), bundle)
                    .ifPresent(problems::add);
            return new Info(
                    history.current().map(Object::toString).orElse(null),
                    lines(bundle, history, pending),
                    List.copyOf(problems),
                    pending.size());
        }
    }

    /**
     * FINDINGS when anything is pending: what scripts ask with {@code info --exit-code}. HISTORY_INVALID when the history
     * has problems, of which the next run would say the same.
     */
    public static void requireNothingPending(Info info) {
        if (!info.problems().isEmpty()) {
            throw Failure.of(
                            ExitStatus.HISTORY_INVALID,
                            "The history has %d problem(s): %s."
                                    .formatted(info.problems().size(), HistoryValidation.list(info.problems())))
                    .databaseState("Nothing was changed.")
                    .hint(HistoryValidation.wayOut(info.problems()))
                    .asException();
        }
        if (info.pending() > 0) {
            throw Failure.of(ExitStatus.FINDINGS, "%d migration(s) are pending.".formatted(info.pending()))
                    .databaseState("Nothing was changed; the schema is at %s."
                            .formatted(info.current() == null ? "base" : info.current()))
                    .hint("schemajob migrate")
                    .asException();
        }
    }

    private static List<Line> lines(Bundle bundle, History history, List<Migration> pending) {
        Set<Migration> waiting = new HashSet<>(pending);
        Map<?, AppliedMigration> versioned = history.versioned();
        Map<String, AppliedMigration> repeatable = history.repeatable();
        List<Line> lines = new ArrayList<>();
        for (Migration migration : bundle.migrations()) {
            AppliedMigration row = versioned.remove(migration.version());
            lines.add(new Line(
                    migration.version().toString(),
                    migration.description(),
                    state(row, waiting.contains(migration), history, migration),
                    row,
                    migration));
        }
        versioned
                .values()
                .forEach(row -> lines.add(new Line(
                        row.version().toString(), row.description(), row.success() ? "missing" : "failed", row, null)));
        for (Migration migration : bundle.repeatables()) {
            AppliedMigration row = repeatable.get(migration.description());
            String state = waiting.contains(migration) ? row == null ? "pending" : "outdated" : "applied";
            lines.add(new Line(null, migration.description(), state, row, migration));
        }
        return lines;
    }

    private static String state(AppliedMigration row, boolean pending, History history, Migration migration) {
        if (row != null) {
            return row.success() ? "applied" : "failed";
        }
        boolean below = history.baseline()
                .map(baseline -> migration.version().compareTo(baseline) <= 0)
                .orElse(false);
        return below ? "baseline" : pending ? "pending" : "out of order";
    }
}
