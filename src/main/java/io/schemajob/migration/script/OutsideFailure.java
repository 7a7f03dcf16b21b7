package io.schemajob.migration.script;

import io.schemajob.bundle.script.ParsedScript;
import io.schemajob.bundle.script.ScriptStep;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.database.lock.LockWatch;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.SqlStates;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Says what a script that failed outside of a transaction has done, statement by statement, and whether a later run may
 * go on.
 *
 * @param place says where the error lies
 * @param first index of the first statement of the step that failed
 * @param end behind its last statement
 * @param left what the failed step has left behind
 * @param history what the history says
 */
public record OutsideFailure(StatementFailure place, int first, int end, Aftermath left, String history) {

    public SchemajobException explain(Exception e, boolean serverReadOnly, Optional<String> waitedFor) {
        String state = e instanceof SQLException sql ? SqlStates.of(sql) : "";
        ExitStatus status = status(state, e, serverReadOnly);
        return Failure.of(status, place.headline(e) + LockWatch.told(state, waitedFor))
                .where(place.where(e))
                .sqlState(state.isEmpty() ? null : state)
                .databaseState(databaseState())
                .hint(hint(status, state))
                .asException(e);
    }

    private ExitStatus status(String state, Exception e, boolean serverReadOnly) {
        boolean away = state.isEmpty() && e instanceof SQLException || SqlStates.unavailable(state) || serverReadOnly;
        if (away && left != Aftermath.SOMETHING) {
            return ExitStatus.UNAVAILABLE;
        } else if (left == Aftermath.NOTHING && SqlStates.lockTimeout(state)) {
            return ExitStatus.TRY_AGAIN;
        }
        return left == Aftermath.NOTHING && !somethingDone()
                ? ExitStatus.MIGRATION_FAILED
                : ExitStatus.MIGRATION_PARTIAL;
    }

    /** What concerned the session only has ended with it. */
    private boolean somethingDone() {
        return place.script().steps().stream()
                .anyMatch(step -> step.first() < first && step.kind() != ScriptStep.Kind.SESSION);
    }

    String databaseState() {
        ParsedScript script = place.script();
        int all = script.statements().size();
        String failed =
                switch (left) {
                    case NOTHING -> end - first > 1 ? "rolled back to its BEGIN" : "failed, nothing of it remains";
                    case LEFTOVER -> "failed; what it left, a later run clears away";
                    case SOMETHING -> "failed; what it did before the error stays";
                    case DONE -> "done, and stays";
                    case UNKNOWN -> "whether its commit was done is not known, the server could not be asked";
                };
        if (all == 1) {
            return "%s runs outside of a transaction: its statement %s. The history says %s."
                    .formatted(place.name(), failed, history);
        }
        StringBuilder text = new StringBuilder(place.name()).append(" runs outside of a transaction: ");
        if (first > 0) {
            text.append(range(0, first))
                    .append(somethingDone() ? ": done, and stays; " : ": done, for its session only; ");
        }
        text.append(range(first, end)).append(": ").append(failed);
        if (end < all) {
            text.append("; ").append(range(end, all)).append(": not begun");
        }
        return text.append(". The history says ").append(history).append('.').toString();
    }

    private String range(int from, int to) {
        Statement begin = place.script().statements().get(from);
        Statement last = place.script().statements().get(to - 1);
        return to - from == 1
                ? "statement %d (line %d)".formatted(to, begin.line())
                : "statements %d to %d (lines %d to %d)".formatted(from + 1, to, begin.line(), last.line());
    }

    private String hint(ExitStatus status, String state) {
        String path = place.script().script().path();
        return switch (status) {
            case UNAVAILABLE -> DatabaseFailures.unavailable(state);
            case TRY_AGAIN -> StatementFailure.LOCK_HINT;
            case MIGRATION_FAILED -> "Correct %s and run the job again.".formatted(path);
            default ->
                left == Aftermath.SOMETHING
                        ? "Look at what the statement left behind (schemajob verify). Then correct it in %s and run the job again; or, if it may run again as it is: schemajob repair && schemajob migrate"
                                .formatted(path)
                        : "Correct the statement in %s, or what it met, and run the job again: it goes on with that statement. What is done must stay in the script as it is."
                                .formatted(path);
        };
    }
}
