package io.schemajob.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out who holds an advisory lock, so that the message about it can be acted on.
 *
 * <p>{@code pg_stat_activity} hides the age of other users' sessions, and with dynamic credentials every run is another
 * user. {@code pg_locks} hides nothing, so a run leaves the time there: as the lower half of the key of a second lock.
 */
final class LockHolder {
    /** The upper half of those keys: "sinc" in ASCII. */
    private static final long SINCE = 0x73696e63L << 32;

    /** A 64-bit key is shown as two halves: {@code classid} holds the upper one (docs: pg_locks). */
    private static final String HALVES =
            "%1$s.locktype = 'advisory' AND %1$s.granted AND %1$s.objsubid = 1 AND %1$s.database = d.oid";

    private static final String SQL =
            """
            SELECT l.pid, a.application_name, a.usename, host(a.client_addr),
                   extract(epoch FROM now())::bigint - s.objid::bigint,
                   extract(epoch FROM now() - a.backend_start)::bigint
            FROM pg_database d
            JOIN pg_locks l ON %s
             AND l.classid::bigint = (? >> 32) & 4294967295 AND l.objid::bigint = ? & 4294967295
            LEFT JOIN pg_locks s ON %s AND s.pid = l.pid AND s.classid::bigint = ? >> 32
            LEFT JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE d.datname = current_database() AND l.pid <> pg_backend_pid()
            ORDER BY l.pid
            """
                    .formatted(HALVES.formatted("l"), HALVES.formatted("s"));

    private LockHolder() {}

    /** Leaves the server's time for others to read, until the session ends. */
    static void sign(Connection session) throws SQLException {
        String sql = "SELECT pg_advisory_lock_shared(? | (extract(epoch FROM now())::bigint & 4294967295))";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setLong(1, SINCE);
            statement.execute();
        }
    }

    /** Such as {@code pid 4711, application schemajob/bindu pod-x, user app, from 10.1.2.3, for 42 s}. */
    static String describe(Connection session, long key) throws SQLException {
        List<String> holders = new ArrayList<>();
        try (PreparedStatement statement = session.prepareStatement(SQL)) {
            statement.setLong(1, key);
            statement.setLong(2, key);
            statement.setLong(3, SINCE);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    holders.add(describe(row));
                }
            }
        }
        return holders.isEmpty() ? "it ended just now" : String.join("; ", holders);
    }

    private static String describe(ResultSet row) throws SQLException {
        StringBuilder text = new StringBuilder("pid ").append(row.getInt(1));
        text.append(", application ").append(row.getString(2));
        text.append(", user ").append(row.getString(3));
        if (row.getString(4) != null) {
            text.append(", from ").append(row.getString(4));
        }
        Long held = row.getObject(5, Long.class);
        Long connected = row.getObject(6, Long.class);
        if (held != null) {
            text.append(", for ").append(age(held));
        } else if (connected != null) {
            text.append(", connected for ").append(age(connected));
        } else {
            text.append(", age hidden from this user");
        }
        return text.toString();
    }

    static String age(long seconds) {
        Duration age = Duration.ofSeconds(seconds);
        return age.toHours() > 0
                ? "%d h %d min".formatted(age.toHours(), age.toMinutesPart())
                : age.toMinutes() > 0 ? "%d min %d s".formatted(age.toMinutes(), age.toSecondsPart()) : seconds + " s";
    }
}
