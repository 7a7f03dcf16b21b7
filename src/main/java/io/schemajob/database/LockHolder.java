package io.schemajob.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds out who holds an advisory lock, so that the message about it can be acted on. */
final class LockHolder {
    /** A 64-bit key is shown as two halves: {@code classid} holds the upper one (docs: pg_locks). */
    private static final String SQL =
            """
            SELECT l.pid, a.application_name, a.usename, host(a.client_addr),
                   extract(epoch FROM now() - coalesce(a.backend_start, a.xact_start))::bigint
            FROM pg_locks l
            LEFT JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND l.classid::bigint = (? >> 32) & 4294967295 AND l.objid::bigint = ? & 4294967295
              AND l.pid <> pg_backend_pid()
            ORDER BY l.pid
            """;

    private LockHolder() {}

    /** Such as {@code pid 4711, application schemajob/bindu pod-x, user app, from 10.1.2.3, for 42 s}. */
    static String describe(Connection session, long key) throws SQLException {
        List<String> holders = new ArrayList<>();
        try (PreparedStatement statement = session.prepareStatement(SQL)) {
            statement.setLong(1, key);
            statement.setLong(2, key);
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
        long seconds = row.getLong(5);
        text.append(row.wasNull() ? ", age hidden from this user" : ", connected for " + age(seconds));
        return text.toString();
    }

    private static String age(long seconds) {
        Duration age = Duration.ofSeconds(seconds);
        return age.toHours() > 0
                ? "%d h %d min".formatted(age.toHours(), age.toMinutesPart())
                : age.toMinutes() > 0 ? "%d min %d s".formatted(age.toMinutes(), age.toSecondsPart()) : seconds + " s";
    }
}
