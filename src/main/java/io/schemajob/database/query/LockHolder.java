package io.schemajob.database.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds out who holds a lock, so that the message about it can be acted on.
 *
 * <p>{@code pg_stat_activity} hides the age of other users' sessions, and with dynamic credentials every run is another
 * user. {@code pg_locks} hides nothing, so a run leaves the time there: as the lower half of the key of a second lock.
 */
public final class LockHolder {
    /** The upper half of those keys: "sinc" in ASCII. */
    private static final long SINCE = 0x73696e63L << 32;

    private static final int LONGEST_QUERY = 80;

    /** Also one that is cut off. */
    private static final Pattern VALUES = Pattern.compile("'(?:[^']++|'')*+(?:'|$)|[$]\\w*[$].*", Pattern.DOTALL);

    /** A 64-bit key is shown as two halves: {@code classid} holds the upper one (docs: pg_locks). */
    private static final String HALVES =
            "%1$s.locktype = 'advisory' AND %1$s.granted AND %1$s.objsubid = 1 AND %1$s.database = d.oid";

    /** What {@link #describe(ResultSet)} reads; a prepared transaction has no process, and is known by its number. */
    public static final String COLUMNS =
            """
            a.application_name, a.usename, host(a.client_addr), a.state,
            extract(epoch FROM now() - a.xact_start)::bigint, extract(epoch FROM now() - a.backend_start)::bigint,
            CASE WHEN a.query NOT IN ('', '<insufficient privilege>') THEN left(a.query, %d) END,
            x.gid, x.owner, extract(epoch FROM now() - x.prepared)::bigint
            """
                    .formatted(LONGEST_QUERY);

    /** They have no process; the lock on its own number tells which of them holds another lock. */
    public static final String PREPARED =
            """
            (SELECT p.gid, p.owner, p.prepared, n.virtualtransaction AS vxid
             FROM pg_prepared_xacts p JOIN pg_locks n ON n.transactionid = p.transaction AND n.granted AND n.pid IS NULL) x
            """
                    .strip();

    private static final String OF_KEY =
            """
            SELECT l.pid, extract(epoch FROM now())::bigint - s.objid::bigint, %s
            FROM pg_database d
            JOIN pg_locks l ON %s
             AND l.classid::bigint = (? >> 32) & 4294967295 AND l.objid::bigint = ? & 4294967295
            LEFT JOIN pg_locks s ON %s AND s.pid = l.pid AND s.classid::bigint = ? >> 32
            LEFT JOIN pg_stat_activity a ON a.pid = l.pid
            LEFT JOIN %s ON l.pid IS NULL AND x.vxid = l.virtualtransaction
            WHERE d.datname = current_database() AND l.pid IS DISTINCT FROM pg_backend_pid()
            ORDER BY l.pid
            """
                    .formatted(COLUMNS, HALVES.formatted("l"), HALVES.formatted("s"), PREPARED);

    private static final String OF_TABLE =
            """
            SELECT l.pid, NULL::bigint, %s
            FROM pg_locks l
            LEFT JOIN pg_stat_activity a ON a.pid = l.pid
            LEFT JOIN %s ON l.pid IS NULL AND x.vxid = l.virtualtransaction
            WHERE l.relation = to_regclass(?) AND l.granted AND l.pid IS DISTINCT FROM pg_backend_pid()
              AND l.mode NOT IN ('AccessShareLock', 'RowShareLock')
            ORDER BY l.pid
            """
                    .formatted(COLUMNS, PREPARED);

    private LockHolder() {}

    /** An expression that leaves the server's time for others to read, until the session ends. */
    public static String sign() {
        return "pg_advisory_lock_shared(%d | (extract(epoch FROM now())::bigint & 4294967295))".formatted(SINCE);
    }

    /** Such as {@code pid 4711, application schemajob/bindu pod-x, user app, from 10.1.2.3, for 42 s}. */
    public static String describe(Connection session, long key) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(OF_KEY)) {
            statement.setLong(1, key);
            statement.setLong(2, key);
            statement.setLong(3, SINCE);
            return describe(statement);
        }
    }

    /** Who works on a table so that it cannot be read. */
    static String ofTable(Connection session, String table) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(OF_TABLE)) {
            statement.setString(1, table);
            return describe(statement);
        }
    }

    private static String describe(PreparedStatement statement) throws SQLException {
        List<String> holders = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Long held = row.getObject(2, Long.class);
                holders.add(describe(row, 1, held));
            }
        }
        return holders.isEmpty() ? "it ended just now" : String.join("; ", holders);
    }

    /**
     * One holder.
     *
     * @param first column of the process; {@link #COLUMNS} follow behind the next one
     * @param held for how many seconds, where that is known; else how long its transaction lasts
     */
    public static String describe(ResultSet row, int first, Long held) throws SQLException {
        int at = first + 2;
        if (row.getInt(first) == 0) {
            return row.getString(at + 7) == null
                    ? "a prepared transaction (SELECT * FROM pg_prepared_xacts;)"
                    : "the prepared transaction '%s' (user %s%s), which ends by COMMIT PREPARED or ROLLBACK PREPARED"
                            .formatted(row.getString(at + 7), row.getString(at + 8), age(", for ", row, at + 9));
        }
        StringBuilder text = new StringBuilder("pid ").append(row.getInt(first));
        text.append(", application ").append(row.getString(at));
        text.append(", user ").append(row.getString(at + 1));
        if (row.getString(at + 2) != null) {
            text.append(", from ").append(row.getString(at + 2));
        }
        if (held != null) {
            text.append(", for ").append(age(held));
        } else {
            String since = age(", in a transaction for ", row, at + 4) + age(", connected for ", row, at + 5);
            text.append(since.isEmpty() ? ", age hidden from this user" : since);
        }
        if (row.getString(at + 6) != null) {
            text.append(", %s, query: %s".formatted(row.getString(at + 3), withoutValues(row.getString(at + 6))));
        }
        return text.toString();
    }

    /** A statement of somebody else may hold a password. */
    private static String withoutValues(String query) {
        return VALUES.matcher(query).replaceAll("'…'").replaceAll("\\s+", " ").strip();
    }

    private static String age(String word, ResultSet row, int column) throws SQLException {
        Long seconds = row.getObject(column, Long.class);
        return seconds == null ? "" : word + age(seconds);
    }

    static String age(long seconds) {
        Duration age = Duration.ofSeconds(seconds);
        return age.toHours() > 0
                ? "%d h %d min".formatted(age.toHours(), age.toMinutesPart())
                : age.toMinutes() > 0 ? "%d min %d s".formatted(age.toMinutes(), age.toSecondsPart()) : seconds + " s";
    }
}
