package io.schemajob.migration;

import io.schemajob.bundle.ParsedScript;
import io.schemajob.bundle.Statement;
import io.schemajob.database.DatabaseFailures;
import io.schemajob.database.DriverLimits;
import io.schemajob.database.SimpleQuery;
import io.schemajob.report.Interruption;
import io.schemajob.report.Log;
import io.schemajob.report.SchemajobException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Runs the statements of one script on a session, one after another, and prints what psql would. A stop of
 * the run cancels the statement that is at work.
 */
final class ScriptRunner {
    private final Interruption interruption;
    private final Log log;
    private final String bundle;

    ScriptRunner(Interruption interruption, Log log, String bundle) {
        this.interruption = interruption;
        this.log = log;
        this.bundle = bundle;
    }

    /**
     * Runs the script; the caller owns the transaction.
     *
     * @param name what the failure calls it: "Migration 002"
     * @param state what the database is like when it fails, for the message
     * @throws SchemajobException naming script, line, statement and SQLSTATE
     */
    void run(Connection session, String name, ParsedScript script, FailureState state) {
        DriverLimits limits = limits(session);
        int number = 0;
        for (Statement statement : script.statements()) {
            number++;
            interruption.check();
            try {
                String tag = execute(session, limits, statement);
                log.line(tag);
                HiddenRows.of(session, statement.sql(), tag)
                        .ifPresent(reason ->
                                log.warn("%s line %d touched no row, and row security hides rows from this role (%s)"
                                        .formatted(script.script().name(), statement.line(), reason)));
            } catch (SQLException | IOException e) {
                // A cancelled statement is an effect; the signal or the deadline is the cause.
                interruption.check();
                throw new StatementFailure(bundle, name, script, number, state)
                        .explain(e instanceof SQLException sql ? limits.explain(sql) : e);
            }
        }
        interruption.check();
    }

    private static DriverLimits limits(Connection session) {
        try {
            return DriverLimits.of(session);
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The session of the script was lost", e);
        }
    }

    private String execute(Connection session, DriverLimits limits, Statement statement)
            throws SQLException, IOException {
        limits.requireSendable(statement.sql());
        Notices notices = new Notices(log);
        try {
            if (statement.kind() == Statement.Kind.COPY_FROM_STDIN) {
                limits.requireSendable(statement.data());
                return "COPY " + CopyQuery.run(session, statement.sql(), statement.data(), notices);
            }
            return SimpleQuery.run(session, statement.sql(), notices::print);
        } finally {
            notices.end();
        }
    }
}
