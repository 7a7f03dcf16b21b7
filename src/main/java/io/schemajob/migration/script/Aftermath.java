package io.schemajob.migration.script;

import io.schemajob.bundle.script.ParsedScript;
import io.schemajob.bundle.script.ScriptStep;
import io.schemajob.bundle.sql.ConcurrentIndex;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.database.query.SqlStates;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds out what a statement has left behind that failed outside of a transaction. Unless it is known, it counts as something. */
public enum Aftermath {
    NOTHING,
    /** A later run clears it away by itself. */
    LEFTOVER,
    SOMETHING,
    /** Its COMMIT was done, as the server said when it was asked. */
    DONE,
    /** Its COMMIT was sent, and the server could not be asked. */
    UNKNOWN;

    /** They change no object: what they have done of their work is no harm, and they may run again. */
    private static final Set<String> HARMLESS = Set.of("VACUUM", "REINDEX", "CLUSTER", "DISCARD");

    /**
     * SQLSTATEs of statements that are refused before they begin: syntax and names (42), not supported (0A), inside a
     * transaction (25), no such database or schema, wrong parameter, object in use or not in the state for it.
     */
    private static final List<String> REFUSED = List.of("42", "0A", "25", "3D", "3F", "22023", "55006", "55P03");

    /**
     * What is left.
     *
     * @param session of the statement, in autocommit
     */
    public static Aftermath of(Connection session, Statement statement, ConcurrentIndexes indexes, Exception e) {
        String word = word(statement);
        String state = e instanceof SQLException sql ? SqlStates.of(sql) : "";
        try {
            Optional<ConcurrentIndex> index = ConcurrentIndex.of(statement);
            if (index.isPresent()) {
                return !SqlStates.connectionLost(state) && indexes.untouched(session, index.get()) ? NOTHING : LEFTOVER;
            }
            if (HARMLESS.contains(word)) {
                return NOTHING;
            }
            if (word.equals("DO") || word.equals("CALL")) {
                return SOMETHING;
            }
            if (word.equals("ALTER") && statement.sql().toUpperCase(Locale.ROOT).contains("DETACH")) {
                return SqlStates.connectionLost(state) || detachPending(session) ? SOMETHING : NOTHING;
            }
        } catch (SQLException cannotAsk) {
            return ConcurrentIndex.of(statement).isPresent() ? LEFTOVER : SOMETHING;
        }
        return REFUSED.stream().anyMatch(state::startsWith) ? NOTHING : SOMETHING;
    }

    /** Whether a step that was cut short may run again, without a person having looked. */
    static boolean repeatable(ParsedScript parsed, ScriptStep step) {
        Statement statement = parsed.statements().get(step.first());
        return step.kind() != ScriptStep.Kind.ALONE
                || ConcurrentIndex.of(statement).isPresent()
                || HARMLESS.contains(word(statement));
    }

    private static boolean detachPending(Connection session) throws SQLException {
        String sql = "SELECT EXISTS (SELECT 1 FROM pg_inherits WHERE inhdetachpending)";
        try (PreparedStatement statement = session.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static String word(Statement statement) {
        return statement.sql().strip().split("[\\s(;]", 2)[0].toUpperCase(Locale.ROOT);
    }
}
