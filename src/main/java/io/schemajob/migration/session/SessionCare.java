package io.schemajob.migration.session;

import io.schemajob.bundle.script.ParsedScript;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.database.session.SessionTraces;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * Decides which scripts of a run need a session of their own: those that may leave something that no statement undoes,
 * and whoever comes after them. The others share one, cleaned after each.
 */
public final class SessionCare {
    public static final Pattern SET_TRANSACTION =
            Pattern.compile("SET\\s+(LOCAL\\s+|SESSION\\s+)?TRANSACTION", Pattern.CASE_INSENSITIVE);

    private final MigrationSession session;

    /** What functions leave that scripts may call; null before it is asked for. */
    private SessionTraces routines;

    private boolean used;
    private boolean soiled;

    public SessionCare(MigrationSession session) {
        this.session = session;
    }

    /** What a script may leave by what it says. */
    public static SessionTraces traces(ParsedScript script) {
        SessionTraces traces = SessionTraces.NONE;
        for (Statement statement : script.statements()) {
            traces = traces.and(SessionTraces.of(statement.sql()));
        }
        return traces;
    }

    /** A new session is about to be used. */
    public void opened() {
        used = false;
        soiled = false;
    }

    /** Whether the script needs another session than the one that is open. */
    public boolean needsNew(SessionTraces script) {
        return used && (soiled || script.lasting());
    }

    /**
     * Notes that a script uses the session, and keeps the shared lock from being released by it.
     *
     * @return whether it may release the locks of its session
     */
    public boolean begin(Connection connection, ParsedScript script, SessionTraces traces) throws SQLException {
        used = true;
        if (routines == null) {
            routines = session.sessions().ofRoutines(session.lockConnection());
        }
        soiled |= traces.lasting() || routines.lasting();
        if (traces.storesSettings() || routines.storesSettings()) {
            session.sessions().storing();
        }
        boolean first = !script.statements().isEmpty()
                && SET_TRANSACTION.matcher(script.statements().get(0).sql()).lookingAt();
        boolean unlocks = traces.unlocks() || routines.unlocks();
        if (unlocks && !connection.getAutoCommit() && !first) {
            session.lock().markTransaction(connection);
        }
        // A script that makes functions may make some that leave traces.
        routines = traces.definesRoutine() ? routines.and(traces) : routines;
        return unlocks;
    }
}
