package io.schemajob.migration.script;

import io.schemajob.bundle.script.ParsedScript;
import io.schemajob.bundle.script.ScriptStep;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.Identifiers;
import io.schemajob.database.query.OwnTables;
import io.schemajob.database.query.SqlStates;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Untrusted;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Remembers how far the script is that runs outside of a transaction, step by step: a later run goes on from there, and
 * knows whether what was done is still what the script says. There is one such script at a time, and the table is there
 * only until it is complete (docs/decisions/0031).
 */
public final class ScriptProgress {
    private final String table;

    public ScriptProgress(String schema) {
        this.table = Identifiers.qualify(schema, OwnTables.PROGRESS);
    }

    /**
     * Where a script is.
     *
     * @param script its file name
     * @param steps that are done
     * @param done fingerprint of these
     * @param begun fingerprint of the step after them if it was begun and nothing tells how it ended; else null
     */
    public record Entry(String script, int steps, String done, String begun) {
        /** Whether the script still says what was done. */
        public boolean agrees(ParsedScript parsed) {
            return steps <= parsed.steps().size() && done.equals(fingerprint(parsed, 0, steps));
        }

        /** Whether the next step was begun, and is still the same. */
        public boolean isBegun(ParsedScript parsed) {
            return begun != null
                    && steps < parsed.steps().size()
                    && begun.equals(fingerprint(parsed, steps, steps + 1));
        }

        /** Whether the next step may have been done in part, and is still the same. */
        public boolean open(ParsedScript parsed) {
            return isBegun(parsed)
                    && !Aftermath.repeatable(parsed, parsed.steps().get(steps));
        }

        /** HISTORY_INVALID: what was done is no longer what the script says. */
        public SchemajobException changed(String history) {
            return Failure.of(
                            ExitStatus.HISTORY_INVALID,
                            "%s was done up to step %d by an earlier run, and those statements were changed since."
                                    .formatted(Untrusted.text(script), steps))
                    .databaseState("What was done stays; the history says %s.".formatted(history))
                    .hint(
                            "Put the statements that were done back as they were, and correct only what comes after them; or"
                                    + " bring the schema to a version by hand and say so: schemajob force VERSION --yes")
                    .asException();
        }

        public boolean mayGoOn(ParsedScript parsed) {
            return agrees(parsed) && !open(parsed);
        }
    }

    /** Empty where no script is under way. */
    public Optional<Entry> read(Connection session) {
        return read(session, () -> {});
    }

    /** The same, and drops the table where nothing is noted: a run that lost its session could not. */
    public Optional<Entry> settle(Connection session) {
        return read(session, () -> drop(session));
    }

    private Optional<Entry> read(Connection session, Runnable whereEmpty) {
        // Asked for first: a query that fails is an error in the server's log, of every run.
        try {
            if (!OwnTables.isThere(session, table)) {
                return Optional.empty();
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
        try (PreparedStatement statement = session.prepareStatement("SELECT script, steps, done, begun FROM " + table);
                ResultSet row = statement.executeQuery()) {
            if (row.next()) {
                return Optional.of(new Entry(row.getString(1), row.getInt(2), row.getString(3), row.getString(4)));
            }
            whereEmpty.run();
            return Optional.empty();
        } catch (SQLException e) {
            if (SqlStates.of(e).equals(SqlStates.UNDEFINED_TABLE)) {
                return Optional.empty();
            }
            throw unreadable(e);
        }
    }

    private SchemajobException unreadable(SQLException e) {
        return DatabaseFailures.unexpected("The progress in " + table + " could not be read", e);
    }

    public void create(Connection session) throws SQLException {
        execute(
                session,
                "CREATE TABLE IF NOT EXISTS " + table
                        + " (script text PRIMARY KEY, steps int NOT NULL, done text NOT NULL, begun text)");
    }

    /** Notes in the open transaction, or in one of its own, that so many steps are done. */
    public void done(Connection session, ParsedScript parsed, int steps) throws SQLException {
        note(session, parsed, steps, null);
    }

    /** Notes that the step after so many is about to begin. */
    public void begun(Connection session, ParsedScript parsed, int steps) throws SQLException {
        note(session, parsed, steps, fingerprint(parsed, steps, steps + 1));
    }

    private void note(Connection session, ParsedScript parsed, int steps, String begun) throws SQLException {
        String sql = "INSERT INTO " + table + " AS t (script, steps, done, begun) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (script) DO UPDATE SET steps = excluded.steps, done = excluded.done,"
                + " begun = excluded.begun";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, parsed.script().name());
            statement.setInt(2, steps);
            statement.setString(3, fingerprint(parsed, 0, steps));
            statement.setString(4, begun);
            statement.executeUpdate();
        }
    }

    /** The step that was cut short may run again; whether there was one. */
    public boolean permit(Connection session) throws SQLException {
        try (PreparedStatement statement =
                session.prepareStatement("UPDATE " + table + " SET begun = NULL WHERE begun IS NOT NULL")) {
            return statement.executeUpdate() > 0;
        }
    }

    /** The step that was begun has left nothing; without any that is done, nothing is noted any more. */
    public void forgetBegin(Connection session, ParsedScript parsed) throws SQLException {
        boolean nothing = read(session)
                .filter(entry -> parsed.steps().stream()
                        .limit(entry.steps())
                        .allMatch(step -> step.kind() == ScriptStep.Kind.SESSION))
                .isPresent();
        if (nothing) {
            clear(session);
        } else {
            permit(session);
        }
    }

    /** Nothing is noted any more; within the caller's transaction, if there is one. */
    public void empty(Connection session) throws SQLException {
        if (OwnTables.isThere(session, table)) {
            execute(session, "DELETE FROM " + table);
        }
    }

    /** The same in autocommit, and drops the table. */
    public void clear(Connection session) throws SQLException {
        empty(session);
        drop(session);
    }

    /** After {@link #empty}, in autocommit. An event trigger may forbid it; without a row the table says nothing. */
    public void drop(Connection session) {
        try {
            if (OwnTables.isThere(session, table)) {
                execute(session, "DROP TABLE " + table);
            }
        } catch (SQLException e) {
            // It is there for the next script.
        }
    }

    /** Whether a script of ours was begun in this schema and is not complete: what is there then is its work. */
    public static boolean isUnfinished(Connection session, String schema) {
        return new ScriptProgress(schema).read(session).isPresent();
    }

    private static void execute(Connection session, String sql) throws SQLException {
        try (java.sql.Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String fingerprint(ParsedScript parsed, int from, int to) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (ScriptStep step : parsed.steps().subList(from, to)) {
                digest.update((byte) step.kind().ordinal());
                for (Statement statement : parsed.statements().subList(step.first(), step.end())) {
                    digest.update((statement.sql() + '\0' + statement.data() + '\0').getBytes(StandardCharsets.UTF_8));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
