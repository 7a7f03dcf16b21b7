package io.schemajob.migration.script;

import io.schemajob.bundle.script.ParsedScript;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.database.lock.LockWatch;
import io.schemajob.database.query.DriverLimits;
import io.schemajob.database.query.ServerFacts;
import io.schemajob.database.query.SimpleQuery;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.Log;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Runs the statements of one script on a session, one after another, and prints what psql would. A stop of
 * the run cancels the statement that is at work.
 */
public final class ScriptRunner {
    private final CancellationToken cancellation;
    private final Log log;
    private final String bundle;
    private final LockWatch locks;

    public ScriptRunner(CancellationToken cancellation, Log log, String bundle, LockWatch locks) {
        this.locks = locks;
        this.cancellation = cancellation;
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
    public void run(Connection session, String name, ParsedScript script, FailureState state) {
        int number = 0;
        for (Statement statement : script.statements()) {
            number++;
            cancellation.check();
            try {
                run(session, script, statement);
            } catch (SQLException e) {
                // A cancelled statement is an effect; the signal or the deadline is the cause.
                cancellation.check();
                boolean readOnly = ServerFacts.becameReadOnly(session, e);
                throw new StatementFailure(bundle, name, script, number, state).explain(e, readOnly, locks.seen());
            }
        }
        cancellation.check();
    }

    /** What the statement that failed waited for, and who was in its way; empty if it was not seen waiting. */
    public Optional<String> waitedFor() {
        return locks.seen();
    }

    /** Runs one statement of a script and prints what psql would. */
    public void run(Connection session, ParsedScript script, Statement statement) throws SQLException {
        DriverLimits limits = DriverLimits.of(session);
        String tag;
        try (LockWatch.Watch watch = locks.watch(session)) {
            tag = execute(session, limits, statement);
        } catch (SQLException e) {
            throw limits.explain(e);
        }
        log.tag(tag);
        HiddenRows.of(session, statement.sql(), tag)
                .ifPresent(reason ->
                        log.warn("%s line %d touched no row%s, and row security hides rows from this role (%s)"
                                .formatted(
                                        script.script().name(),
                                        statement.line(),
                                        HiddenRows.changesInWith(statement.sql()) ? ", or not all" : "",
                                        reason)));
    }

    private String execute(Connection session, DriverLimits limits, Statement statement) throws SQLException {
        limits.requireSendable(statement.sql());
        Notices notices = new Notices(log);
        try {
            if (statement.kind() == Statement.Kind.COPY_FROM_STDIN) {
                limits.requireSendable(statement.data());
                return "COPY " + CopyQuery.run(session, statement.sql(), statement.data(), notices);
            }
            return SimpleQuery.run(session, statement.sql(), notices::print);
        } catch (IOException e) {
            throw new SQLException("The rows could not be read: " + e.getMessage(), "XX000", e);
        } finally {
            notices.end();
        }
    }
}
