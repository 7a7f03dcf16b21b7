package io.schemajob.job.migrate;

import io.schemajob.bundle.AdoptRule;
import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.Identifiers;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.job.adopt.AdoptionGuard;
import io.schemajob.job.adopt.HistoryRecorder;
import io.schemajob.job.verify.HiddenTables;
import io.schemajob.job.verify.Verification;
import io.schemajob.lint.LintConfig;
import io.schemajob.lint.Linter;
import io.schemajob.lint.effect.LiveRowSecurity;
import io.schemajob.lint.effect.TableLock;
import io.schemajob.lint.finding.LintReport;
import io.schemajob.lint.finding.ScriptLint;
import io.schemajob.lint.finding.Severity;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryProblem;
import io.schemajob.migration.history.HistoryValidation;
import io.schemajob.migration.plan.Plan;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells what the next {@code migrate} will do to the tables of this database. Read-only; takes no lock. */
public final class PlanJob {
    private final RunContext run;
    private final Severity level;

    /** @param level findings at or above it count; null for what the bundle says */
    public PlanJob(RunContext run, Severity level) {
        this.run = run;
        this.level = level;
    }

    /**
     * A table that a script locks.
     *
     * @param lock table and mode
     * @param facts null if the table is not there: a script before this one makes it
     */
    public record LockedTable(TableLock lock, TableTraffic.Facts facts) {}

    /** A migration that is pending, what lint says of it, and what it locks. */
    public record Step(Migration migration, ScriptLint lint, List<LockedTable> tables) {}

    /**
     * The answer.
     *
     * @param current the version of the database, or null
     * @param lint of the pending scripts alone
     * @param problems why {@code migrate} would refuse to begin
     */
    public record Planned(String current, List<Step> steps, LintReport lint, List<HistoryProblem> problems) {}

    public Planned execute() {
        Bundle bundle = run.bundle();
        LintConfig config = LintConfig.of(bundle);
        Verification verification = Verification.of(run, bundle);
        try (RunSession session = RunSession.open(run, bundle)) {
            History history = history(session, verification);
            List<Migration> pending = Plan.pending(bundle, history);
            LintReport report = Linter.lint(bundle, config, rowSecurity(session, pending));
            List<Step> steps = steps(session, report, pending);
            return new Planned(
                    history.current().map(Object::toString).orElse(null),
                    steps,
                    new LintReport(
                            level == null ? report.level() : level,
                            steps.stream().map(Step::lint).toList()),
                    HistoryValidation.problems(bundle, history));
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The sizes of the tables could not be read", e);
        }
    }

    /** What the pending scripts meet; null if there is none. */
    private static LiveRowSecurity rowSecurity(RunSession session, List<Migration> pending) throws SQLException {
        return pending.isEmpty()
                ? null
                : HiddenTables.of(
                        session.lockConnection(),
                        session.schema(),
                        pending.get(0).up().path());
    }

    /** The history as {@code migrate} would find it, after adopting what a rule covers. */
    private History history(RunSession session, Verification verification) {
        History history = session.history();
        if (!history.empty()) {
            return history;
        }
        Bundle bundle = session.bundle();
        Optional<AdoptRule> rule = new AdoptionGuard(session, verification).decide(history);
        rule.ifPresent(found -> run.log()
                .step("%s has set up this schema; it would be verified and taken over as migration %s"
                        .formatted(found.name(), found.version())));
        return rule.map(found -> HistoryRecorder.preview(bundle, found.version()))
                .orElse(history);
    }

    private static List<Step> steps(RunSession session, LintReport report, List<Migration> pending)
            throws SQLException {
        Map<String, ScriptLint> lints =
                report.scripts().stream().collect(Collectors.toMap(ScriptLint::file, Function.identity()));
        List<TableTraffic.Wanted> wanted = pending.stream()
                .flatMap(migration -> lints.get(migration.up().path()).locks().stream())
                .map(PlanJob::wanted)
                .toList();
        Map<TableTraffic.Wanted, TableTraffic.Facts> facts = TableTraffic.of(session.lockConnection(), wanted);
        List<Step> steps = new ArrayList<>();
        for (Migration migration : pending) {
            ScriptLint lint = lints.get(migration.up().path());
            List<LockedTable> tables = lint.locks().stream()
                    .map(lock -> new LockedTable(lock, facts.get(wanted(lock))))
                    .toList();
            steps.add(new Step(migration, lint, tables));
        }
        return steps;
    }

    private static TableTraffic.Wanted wanted(TableLock lock) {
        String schema = lock.table().schema();
        String name = lock.table().name();
        return new TableTraffic.Wanted(
                schema == null ? Identifiers.quote(name) : Identifiers.qualify(schema, name), lock.mode());
    }
}
