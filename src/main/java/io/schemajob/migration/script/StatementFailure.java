package io.schemajob.migration.script;

import io.schemajob.bundle.script.ParsedScript;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.database.lock.LockWatch;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.LostConnectionException;
import io.schemajob.database.query.SqlStates;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Untrusted;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Says where in a script an error lies and what it means for the run.
 *
 * @param bundle its name
 * @param name what the message calls the script: "Migration 002"
 * @param number of the statement in the script, from 1
 */
public record StatementFailure(String bundle, String name, ParsedScript script, int number, FailureState state) {
    private static final int LONGEST_EXCERPT = 200;

    static final String LOCK_HINT =
            "Find who holds the table (SELECT * FROM pg_locks WHERE NOT granted;), or run the job"
                    + " again when there is less traffic; --lock-retries and --lock-timeout allow more.";

    /** Of a script that runs in a transaction. */
    SchemajobException explain(Exception e, boolean serverReadOnly, Optional<String> waitedFor) {
        String sqlState = e instanceof SQLException sql ? SqlStates.of(sql) : "";
        ExitStatus status = serverReadOnly ? ExitStatus.UNAVAILABLE : status(sqlState, e);
        return Failure.of(status, headline(e) + LockWatch.told(sqlState, waitedFor))
                .where(where(e))
                .sqlState(sqlState.isEmpty() ? null : sqlState)
                .databaseState(state.rolledBack())
                .hint(hint(status, sqlState))
                .asException(e);
    }

    /** The message. */
    String headline(Exception e) {
        Statement statement = script.statements().get(number - 1);
        return "%s failed at %s line %d (statement %d of %d): %s"
                .formatted(
                        name,
                        script.script().name(),
                        line(statement, e),
                        number,
                        script.statements().size(),
                        Untrusted.text(message(e)));
    }

    String where(Exception e) {
        Statement statement = script.statements().get(number - 1);
        return "bundle %s, script %s, line %d, statement %d: %s"
                .formatted(
                        bundle,
                        script.script().path(),
                        line(statement, e),
                        number,
                        Untrusted.text(excerpt(statement.sql())));
    }

    private static ExitStatus status(String sqlState, Exception e) {
        if (SqlStates.unavailable(sqlState) || sqlState.isEmpty() && e instanceof SQLException) {
            return ExitStatus.UNAVAILABLE;
        }
        return SqlStates.lockTimeout(sqlState) ? ExitStatus.TRY_AGAIN : ExitStatus.MIGRATION_FAILED;
    }

    private String hint(ExitStatus status, String sqlState) {
        return switch (status) {
            case UNAVAILABLE -> DatabaseFailures.unavailable(sqlState);
            case TRY_AGAIN -> LOCK_HINT;
            default ->
                "Correct %s and run the job again.".formatted(script.script().path());
        };
    }

    /** The server counts characters within the statement, from 1; people look for a line of the file. */
    private static int line(Statement statement, Exception e) {
        ServerErrorMessage server = e instanceof PSQLException sql ? sql.getServerErrorMessage() : null;
        String sql = statement.sql();
        int before = server == null ? 0 : server.getPosition() - 1;
        if (before <= 0 || before > sql.codePointCount(0, sql.length())) {
            return statement.line();
        }
        String beginning = sql.substring(0, sql.offsetByCodePoints(0, before));
        return statement.line() + (int) beginning.chars().filter(c -> c == '\n').count();
    }

    /** The server's words on one line. */
    public static String message(Exception e) {
        ServerErrorMessage server = e instanceof PSQLException sql ? sql.getServerErrorMessage() : null;
        if (server == null) {
            return e instanceof SQLException sql
                    ? LostConnectionException.message(sql)
                    : String.valueOf(e.getMessage());
        }
        StringBuilder text = new StringBuilder("ERROR: ").append(server.getMessage());
        if (server.getDetail() != null) {
            text.append(" (").append(server.getDetail()).append(')');
        }
        if (server.getHint() != null) {
            text.append(" HINT: ").append(server.getHint());
        }
        String context = DatabaseFailures.context((SQLException) e);
        if (context != null) {
            text.append(" CONTEXT: ").append(excerpt(context));
        }
        return text.toString();
    }

    private static String excerpt(String sql) {
        String oneLine = sql.substring(0, Math.min(sql.length(), LONGEST_EXCERPT * 2))
                .replaceAll("\\s+", " ")
                .strip();
        if (oneLine.length() <= LONGEST_EXCERPT) {
            return oneLine;
        }
        boolean pair = Character.isHighSurrogate(oneLine.charAt(LONGEST_EXCERPT - 1));
        return oneLine.substring(0, LONGEST_EXCERPT - (pair ? 1 : 0)) + "…";
    }
}
