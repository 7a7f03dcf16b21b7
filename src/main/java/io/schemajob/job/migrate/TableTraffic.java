package io.schemajob.job.migrate;

import io.schemajob.lint.sql.LockMode;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Asks how big tables are and who uses them at this moment: two queries, whatever the number of tables. Read-only. */
public final class TableTraffic {
    /** Partitions count as part of their table, whose own size is 0. A table that was never analysed has -1 rows. */
    private static final String SIZES =
            """
            SELECT wanted.name, sum(pg_total_relation_size(part.relid)),
                   pg_size_pretty(sum(pg_total_relation_size(part.relid))),
                   sum(part.reltuples) FILTER (WHERE part.relkind <> 'p' AND part.reltuples >= 0)::bigint
            FROM unnest(?) AS wanted (name)
            CROSS JOIN LATERAL (
                SELECT c.oid AS relid, c.relkind, c.reltuples
                FROM pg_class c
                WHERE c.oid = to_regclass(wanted.name)
                   OR c.oid IN (SELECT relid FROM pg_partition_tree(to_regclass(wanted.name)))
            ) AS part
            GROUP BY wanted.name
            """;

    private static final String SESSIONS =
            """
            SELECT wanted.number, a.pid, a.usename, a.application_name, a.state,
                   extract(epoch FROM now() - coalesce(a.xact_start, a.query_start))::bigint,
                   left(regexp_replace(a.query, '\\s+', ' ', 'g'), 100)
            FROM unnest(?, ?) WITH ORDINALITY AS wanted (name, modes, number)
            JOIN pg_locks l ON l.relation = to_regclass(wanted.name)
                           AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                           AND l.granted AND l.mode = ANY (string_to_array(wanted.modes, ','))
            JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE a.pid <> pg_backend_pid()
            GROUP BY wanted.number, a.pid, a.usename, a.application_name, a.state, a.xact_start, a.query_start, a.query
            ORDER BY wanted.number, 6 DESC NULLS LAST, a.pid
            """;

    private TableTraffic() {}

    /**
     * What the server knows of a table.
     *
     * @param bytes with indexes, TOAST and partitions
     * @param size the same for people
     * @param rows an estimate; null if it was never analysed
     * @param users sessions that hold a lock that has to be waited for
     */
    public record Facts(long bytes, String size, Long rows, List<User> users) {}

    /**
     * A session that is in the way now.
     *
     * @param state {@code active}, {@code idle in transaction} …; null if hidden from this user
     * @param seconds the age of its transaction; null if hidden
     * @param query the last one, shortened
     */
    public record User(int pid, String name, String application, String state, Long seconds, String query) {}

    /**
     * A lock that is to be taken.
     *
     * @param table quoted; found by the search path where it has no schema
     */
    public record Wanted(String table, LockMode mode) {}

    /** Looks tables up; those that are not there are left out. */
    public static Map<Wanted, Facts> of(Connection session, Collection<Wanted> wanted) throws SQLException {
        List<Wanted> distinct = wanted.stream().distinct().toList();
        Map<Wanted, List<User>> users = users(session, distinct);
        Map<Wanted, Facts> facts = new HashMap<>();
        try (PreparedStatement statement = session.prepareStatement(SIZES)) {
            statement.setArray(
                    1, array(session, distinct.stream().map(Wanted::table).distinct()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String table = row.getString(1);
                    for (Wanted lock : distinct) {
                        if (lock.table().equals(table)) {
                            facts.put(lock, facts(row, users.getOrDefault(lock, List.of())));
                        }
                    }
                }
            }
        }
        return facts;
    }

    private static Facts facts(ResultSet row, List<User> users) throws SQLException {
        return new Facts(row.getLong(2), row.getString(3), row.getObject(4, Long.class), users);
    }

    private static Map<Wanted, List<User>> users(Connection session, List<Wanted> wanted) throws SQLException {
        Map<Wanted, List<User>> users = new HashMap<>();
        try (PreparedStatement statement = session.prepareStatement(SESSIONS)) {
            statement.setArray(1, array(session, wanted.stream().map(Wanted::table)));
            statement.setArray(
                    2,
                    array(
                            session,
                            wanted.stream()
                                    .map(lock -> String.join(",", lock.mode().conflictingCatalogNames()))));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    users.computeIfAbsent(wanted.get(row.getInt(1) - 1), lock -> new ArrayList<>())
                            .add(new User(
                                    row.getInt(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5),
                                    row.getObject(6, Long.class),
                                    row.getString(7)));
                }
            }
        }
        return users;
    }

    private static Array array(Connection session, Stream<String> values) throws SQLException {
        return session.createArrayOf("text", values.toArray());
    }
}
