package io.schemajob.migration.script;

import io.schemajob.bundle.script.Migration;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.SqlStates;
import io.schemajob.database.session.LostCommit.TransactionStatus;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Untrusted;
import java.sql.SQLException;

/**
 * Explains what failed after the last statement of a script: a deferred constraint, the history row, or the connection
 * at COMMIT.
 *
 * @param migration the one that was being applied
 * @param transactional whether its script ran in a transaction; otherwise only the history row is missing
 * @param recording whether the script itself is done, deferred constraints included, and only its row is to follow
 * @param current the version the schema was at before it
 * @param transactionStatus whether it was committed
 * @param lockedBy who has locked the history; empty if nobody
 */
public record CommitFailure(
        Migration migration,
        boolean transactional,
        boolean recording,
        String current,
        TransactionStatus transactionStatus,
        String lockedBy) {

    public SchemajobException explain(SQLException e) {
        String state = SqlStates.of(e);
        ExitStatus status = status(state);
        String what = transactional
                ? blamesHistory(status) ? "could not be recorded in the history" : "could not be committed"
                : "is done, but its history row could not be written";
        return Failure.of(
                        status,
                        "%s %s: %s%s"
                                .formatted(
                                        MigrationLabels.of(migration),
                                        what,
                                        Untrusted.text(StatementFailure.message(e)),
                                        lockedBy))
                .where("script %s, after its last statement"
                        .formatted(migration.up().path()))
                .sqlState(state.isEmpty() ? null : state)
                .databaseState(databaseState())
                .hint(hint(status, state))
                .asException(e);
    }

    /** What a real run would say of the same, but for the state. */
    public static SchemajobException ofDryRun(Migration migration, SQLException e) {
        CommitFailure real = new CommitFailure(migration, true, false, "", TransactionStatus.ROLLED_BACK, "");
        return new SchemajobException(
                real.explain(e).failure().databaseState("The dry run was rolled back; nothing was changed."), e);
    }

    /** What the run has to say of it if it ends for another reason; null if there is nothing. */
    public String unsettled() {
        return transactional && transactionStatus == TransactionStatus.ROLLED_BACK ? null : databaseState();
    }

    private boolean blamesHistory(ExitStatus status) {
        return recording && status == ExitStatus.MIGRATION_FAILED;
    }

    private String databaseState() {
        String name = MigrationLabels.of(migration);
        if (!transactional) {
            return name + " runs outside of a transaction and is done, and stays; the history does not say so. It says "
                    + current + ".";
        }
        return switch (transactionStatus) {
            case ROLLED_BACK -> FailureState.of(name, current).rolledBack();
            case IN_PROGRESS ->
                "The server is still at the commit of %s; before it the schema was at %s.".formatted(name, current);
            default ->
                "Whether %s was committed is not known: the server could not be asked. Before it the schema was at %s."
                        .formatted(name, current);
        };
    }

    private ExitStatus status(String state) {
        if (SqlStates.unavailable(state) || state.isEmpty() || state.equals(SqlStates.READ_ONLY)) {
            return ExitStatus.UNAVAILABLE;
        } else if (SqlStates.lockTimeout(state)) {
            // A script outside of a transaction is done, and the next run records it.
            return ExitStatus.TRY_AGAIN;
        } else if (!transactional) {
            return ExitStatus.MIGRATION_PARTIAL;
        }
        return SqlStates.denied(state) ? ExitStatus.ACCESS_DENIED : ExitStatus.MIGRATION_FAILED;
    }

    private String hint(ExitStatus status, String state) {
        return switch (status) {
            case UNAVAILABLE ->
                transactionStatus == TransactionStatus.UNKNOWN
                        ? "schemajob info says what was committed, as soon as the server answers; running the job again finds"
                                + " it out too."
                        : DatabaseFailures.unavailable(state);
            case MIGRATION_PARTIAL ->
                "Remove what refuses the row, and run the job again: what is done does not run again.";
            case TRY_AGAIN -> "Run the job again.";
            default ->
                blamesHistory(status)
                        ? "Remove what refuses or changes rows of the history (a trigger, a rule, a policy or a constraint of"
                                + " that table), and run the job again."
                        : "Correct %s and run the job again."
                                .formatted(migration.up().path());
        };
    }
}
