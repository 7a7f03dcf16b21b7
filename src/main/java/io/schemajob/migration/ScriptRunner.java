package io.schemajob.migration;

import io.schemajob.bundle.ParsedScript;
import io.schemajob.bundle.Statement;
import io.schemajob.report.Interruption;
import io.schemajob.report.Log;
import io.schemajob.report.SchemajobException;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

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
        int number = 0;
        for (Statement statement : script.statements()) {
            number++;
            interruption.check();
            try {
                long rows = execute(session, statement);
                log.line(CommandTag.of(statement.sql(), rows));
            } catch (SQLException | IOException e) {
                // A cancelled statement is an effect; the signal or the deadline is the cause.
                interruption.check();
                throw new StatementFailure(bundle, name, script, number, state).explain(e);
            }
        }
        interruption.check();
    }

    private long execute(Connection session, Statement statement) throws SQLException, IOException {
        if (statement.kind() == Statement.Kind.COPY_FROM_STDIN) {
            CopyManager copy = session.unwrap(PGConnection.class).getCopyAPI();
            return copy.copyIn(statement.sql(), new StringReader(statement.data()));
        }
        try (java.sql.Statement jdbc = session.createStatement()) {
            // JDBC escapes such as {d '…'} are not SQL; a script means its braces.
            jdbc.setEscapeProcessing(false);
            boolean rows = jdbc.execute(statement.sql());
            for (SQLWarning notice = jdbc.getWarnings(); notice != null; notice = notice.getNextWarning()) {
                log.detail("NOTICE: " + notice.getMessage());
            }
            return rows ? -1 : jdbc.getLargeUpdateCount();
        }
    }
}
