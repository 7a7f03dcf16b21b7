package io.schemajob.migration;

import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.ParsedScript;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.database.query.Closeables;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.SqlStates;
import io.schemajob.database.session.DeferredConstraints;
import io.schemajob.database.session.SessionTraces;
import io.schemajob.migration.history.HistoryTable;
import io.schemajob.migration.script.CommitFailure;
import io.schemajob.migration.script.FailureState;
import io.schemajob.migration.script.MigrationLabels;
import io.schemajob.migration.session.MigrationSession;
import io.schemajob.migration.session.SessionCare;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Executes pending migrations in one transaction, lets the caller look at the result, and rolls everything back. A real
 * run has a transaction and a clean session for each script; where that makes a difference which one transaction cannot
 * show, the rest is printed only, as an error would say nothing about the scripts.
 */
public final class DryRun {
    private static final Pattern ADD_VALUE =
            Pattern.compile("ADD\\s+VALUE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?'([^']*)'", Pattern.CASE_INSENSITIVE);

    private final MigrationSession session;

    public DryRun(MigrationSession session) {
        this.session = session;
    }

    /**
     * Runs the migrations and rolls back.
     *
     * @param inspect is given the session with the changes in place, unless a script could not be executed: then what
     *     follows would be no proof
     */
    public void run(List<Migration> pending, Consumer<Connection> inspect) {
        List<ParsedScript> scripts =
                ScriptParser.parseAll(pending.stream().map(Migration::up).toList());
        session.retry().run("The dry run", () -> attempt(pending, scripts, inspect));
    }

    private void attempt(List<Migration> pending, List<ParsedScript> scripts, Consumer<Connection> inspect) {
        Connection connection = session.open();
        try {
            connection.setAutoCommit(false);
            new HistoryTable(session.schema()).createSchema(connection);
            if (new Attempt(connection).allExecuted(pending, scripts)) {
                inspect.accept(connection);
            }
            connection.rollback();
        } catch (SQLException e) {
            session.cancellation().check();
            throw DatabaseFailures.unexpected("The dry run could not be completed", e);
        } finally {
            Closeables.closeQuietly(connection);
        }
    }

    /** One try, in the open transaction of a session. */
    private final class Attempt {
        private final Connection connection;

        /** Why nothing more is executed, or null. */
        private String ended;

        /** What was not as in a real run, so that an error may have come of it; or null. */
        private String doubt;

        private boolean skipped;

        Attempt(Connection connection) {
            this.connection = connection;
        }

        boolean allExecuted(List<Migration> pending, List<ParsedScript> scripts) throws SQLException {
            for (int i = 0; i < pending.size(); i++) {
                Migration migration = pending.get(i);
                ParsedScript script = scripts.get(i);
                print(migration, script);
                if (ended == null) {
                    execute(migration, script);
                } else {
                    session.log().warn(MigrationLabels.of(migration) + ": not executed, and nothing is verified.");
                }
            }
            return ended == null && !skipped;
        }

        private void print(Migration migration, ParsedScript script) {
            session.log()
                    .step("Dry run of %s: %s...".formatted(MigrationLabels.inSentence(migration), migration.title()));
            for (Statement statement : script.statements()) {
                session.log().script(statement.sql() + ";");
            }
        }

        private void execute(Migration migration, ParsedScript script) throws SQLException {
            String name = MigrationLabels.of(migration);
            if (!script.transactional()) {
                session.log()
                        .warn(name + " cannot run in a transaction: printed, not executed, and nothing is verified.");
                skipped = true;
                doubt = name + " was not executed";
                return;
            }
            try {
                session.scripts()
                        .run(
                                connection,
                                name,
                                script,
                                new FailureState("The dry run was rolled back; nothing was changed."));
                clean(migration);
            } catch (SchemajobException e) {
                ended = unshowable(script, e);
                if (ended == null) {
                    throw e;
                }
                session.log()
                        .warn("%s was not executed, and nothing is verified: %s (%s)"
                                .formatted(name, ended, e.failure().message()));
                connection.rollback();
                return;
            }
            SessionTraces traces = SessionCare.traces(script);
            if (traces.lasting()) {
                doubt = name + " leaves something in its session that only a new one is free of";
            }
        }

        /** Fires what the script deferred, as its COMMIT would; then the next one begins as in a session of its own. */
        private void clean(Migration migration) {
            try {
                DeferredConstraints.fire(connection);
                session.sessions().cleanForDryRun(connection, session.lock().sharedKeys());
            } catch (SQLException e) {
                session.cancellation().check();
                throw CommitFailure.ofDryRun(migration, e);
            }
        }

        /** Why the error may be one of the dry run only, or null where a real run would meet it too. */
        private String unshowable(ParsedScript script, SchemajobException e) {
            String state = String.valueOf(e.failure().sqlState());
            if (e.status() != ExitStatus.MIGRATION_FAILED || state.equals(SqlStates.SYNTAX_ERROR)) {
                return null;
            }
            return switch (state) {
                case SqlStates.UNSAFE_NEW_ENUM_VALUE ->
                    addsValue(script, e.failure().message())
                            ? null
                            : "a value that was added to an enum in this dry run can be used only after its COMMIT";
                case SqlStates.ACTIVE_SQL_TRANSACTION ->
                    readOnly(e) ? null : "it sets the mode of its transaction, and here that has begun before";
                default -> doubt;
            };
        }

        private static boolean readOnly(SchemajobException e) {
            return e.failure().message().contains("read-only");
        }

        /** Whether the value that the message names is one that the script itself has added. */
        private static boolean addsValue(ParsedScript script, String message) {
            return script.statements().stream()
                    .map(statement -> ADD_VALUE.matcher(statement.sql()))
                    .anyMatch(added -> added.find() && message.contains(added.group(1)));
        }
    }
}
