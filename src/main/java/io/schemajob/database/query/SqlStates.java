package io.schemajob.database.query;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the five characters of an SQLSTATE mean for a run.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error codes</a>
 */
public final class SqlStates {
    public static final String LOCK_NOT_AVAILABLE = "55P03";
    public static final String DEADLOCK_DETECTED = "40P01";
    public static final String QUERY_CANCELED = "57014";
    public static final String INVALID_CATALOG_NAME = "3D000";
    /** Of a login: the database accepts no connections for now. */
    public static final String NOT_IN_PREREQUISITE_STATE = "55000";

    public static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** Raised where the mode of a transaction is to be changed after its first query. */
    public static final String ACTIVE_SQL_TRANSACTION = "25001";

    public static final String FEATURE_NOT_SUPPORTED = "0A000";
    public static final String SYNTAX_ERROR = "42601";
    public static final String UNSAFE_NEW_ENUM_VALUE = "55P04";
    public static final String UNDEFINED_TABLE = "42P01";
    public static final String UNDEFINED_COLUMN = "42703";

    /** Raised by the driver: no TLS where it is asked for, or no password where the server asks for one. */
    public static final String CONNECTION_REJECTED = "08004";

    /** Raised by {@code set_config('role', …)} for a role that does not exist. */
    public static final String INVALID_PARAMETER_VALUE = "22023";

    /** The server, not the script, takes no changes; but a script may have said {@code SET TRANSACTION READ ONLY}. */
    public static final String READ_ONLY = "25006";

    /** A table, a column, any other object. */
    private static final Set<String> NO_LONGER_THERE = Set.of(UNDEFINED_TABLE, UNDEFINED_COLUMN, "42704");

    /** How the server says the same of a row of its catalog, which has no state of its own. */
    private static final Pattern NO_ROW = Pattern.compile("cache lookup failed|could not open relation with OID");

    /** Classes that blame the text of a query: syntax, unknown names, types, data, writing in read-only. */
    private static final List<String> FAULTY_TEXT = List.of("42", "22", "0A", "25", "21", "2F", "P0");

    /** Class 53: disk, memory, connections or a configured limit of the server are used up. */
    private static final String NO_ROOM = "53";

    /** An operator stopped, dropped or cut off; and the server's disk failed. */
    private static final Set<String> SHUTDOWN = Set.of("57P01", "57P02", "57P03", "57P04", "57P05", "58030");

    /** The session was idle in a transaction for too long, or its transaction took too long. */
    private static final Set<String> ENDED_BY_TIMEOUT = Set.of("25P03", "25P04");

    private static final Set<String> UNREACHABLE = Set.of("08000", "08001", "08003", "08006");

    private SqlStates() {}

    /** The state of the nearest cause that has one, or an empty string. */
    public static String of(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /** A lock was not to be had in time; the transaction can be tried again as a whole. */
    public static boolean lockTimeout(String state) {
        return state.equals(LOCK_NOT_AVAILABLE) || state.equals(DEADLOCK_DETECTED);
    }

    /** The server cannot be reached, is starting or stopping, or has no room: worth waiting for. */
    public static boolean unavailable(String state) {
        return state.startsWith("08") || noRoom(state) || SHUTDOWN.contains(state);
    }

    /** Said of a query of ours, whose names are those of the catalog: somebody dropped or renamed something in between. */
    public static boolean noLongerThere(SQLException e) {
        return NO_LONGER_THERE.contains(of(e))
                || of(e).equals("XX000")
                        && NO_ROW.matcher(String.valueOf(e.getMessage())).find();
    }

    /** Disk, memory, connections or a configured limit of the server are used up. */
    public static boolean noRoom(String state) {
        return state.startsWith(NO_ROOM);
    }

    /** The server ended the session for a limit on time of its own. */
    public static boolean endedByTimeout(String state) {
        return ENDED_BY_TIMEOUT.contains(state);
    }

    /** Of a login: it took longer than the server allows, by {@code authentication_timeout} or while a trigger of it was at work. */
    public static boolean loginTimeout(String state) {
        return endedByTimeout(state) || state.equals(QUERY_CANCELED) || lockTimeout(state);
    }

    /** The connection ended, so that the answer to what was sent last may be lost. */
    public static boolean connectionLost(String state) {
        return state.isEmpty() || state.startsWith("08") || state.startsWith("57P");
    }

    /** Nobody answered at all, as far as the driver could see. */
    public static boolean unreachable(String state) {
        return state.isEmpty() || UNREACHABLE.contains(state);
    }

    /** Wrong password, unknown user, no entry in {@code pg_hba.conf}. */
    public static boolean denied(String state) {
        return state.startsWith("28") || state.equals(INSUFFICIENT_PRIVILEGE);
    }

    /** Raised by code or by a constraint of the database: classes P0 (PL/pgSQL) and 23 (integrity). */
    public static boolean refusedByRule(String state) {
        return state.startsWith("P0") || state.startsWith("23");
    }

    /** Whether a query that only reads is at fault itself; what its user may not do is no fault of its text. */
    public static boolean blamesText(String state) {
        return !state.equals(INSUFFICIENT_PRIVILEGE) && FAULTY_TEXT.stream().anyMatch(state::startsWith);
    }
}
