package io.schemajob.database;

import java.sql.SQLException;
import java.util.Set;

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
    public static final String INSUFFICIENT_PRIVILEGE = "42501";
    public static final String UNDEFINED_TABLE = "42P01";

    /** Raised by the driver: no TLS where it is asked for, or no password where the server asks for one. */
    public static final String CONNECTION_REJECTED = "08004";

    /** Raised by {@code set_config('role', …)} for a role that does not exist. */
    public static final String INVALID_PARAMETER_VALUE = "22023";

    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final Set<String> SHUTDOWN = Set.of("57P01", "57P02", "57P03", "57P05");

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
        return state.startsWith("08") || state.equals(TOO_MANY_CONNECTIONS) || SHUTDOWN.contains(state);
    }

    /** Nobody answered at all, as far as the driver could see. */
    public static boolean unreachable(String state) {
        return state.isEmpty() || UNREACHABLE.contains(state);
    }

    /** Wrong password, unknown user, no entry in {@code pg_hba.conf}. */
    public static boolean denied(String state) {
        return state.startsWith("28") || state.equals(INSUFFICIENT_PRIVILEGE);
    }
}
