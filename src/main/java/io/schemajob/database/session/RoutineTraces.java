package io.schemajob.database.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What any script may leave in its session without a word, by a trigger for example: of the functions, views, defaults and
 * checks of one database. All of it is looked at once in a process; the next run of a fleet asks only for what came later,
 * because with a schema for each of a thousand tenants a look at all costs more than the scripts.
 */
public final class RoutineTraces {
    /** {@code :new(x)} stands for a condition on the row {@code x}: it came after the last look. */
    private static final String ROUTINES =
            """
            SELECT pg_catalog.count(*) FILTER (WHERE source ~* ? OR custom), pg_catalog.count(*) FILTER (WHERE source ~* ?),
                   pg_catalog.count(*) FILTER (WHERE source ~* ? OR custom),
                   pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::pg_catalog.xid::text
            FROM (
                SELECT CASE WHEN l.lanname NOT IN ('sql', 'plpgsql') THEN ''
                            WHEN p.prosqlbody IS NULL THEN p.prosrc ELSE pg_catalog.pg_get_functiondef(p.oid) END AS source,
                       l.lanname NOT IN ('c', 'internal', 'sql', 'plpgsql')
                       OR EXISTS (SELECT FROM pg_catalog.unnest(p.proconfig) c WHERE c ~ '^[^=]*[.]') AS custom
                FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang
                WHERE p.pronamespace <> ALL ('{pg_catalog,information_schema}'::pg_catalog.regnamespace[]) AND :new(p)
                UNION ALL
                SELECT p.proname || '(x', false
                FROM pg_catalog.pg_proc p JOIN (
                    SELECT ev_action::text FROM pg_catalog.pg_rewrite r WHERE oid >= 16384 AND :new(r)
                    UNION ALL SELECT adbin::text FROM pg_catalog.pg_attrdef a WHERE :new(a)
                    UNION ALL SELECT conbin::text FROM pg_catalog.pg_constraint c
                               WHERE oid >= 16384 AND conbin IS NOT NULL AND :new(c)
                    UNION ALL SELECT pg_catalog.concat(polqual, polwithcheck) FROM pg_catalog.pg_policy y WHERE :new(y)
                    UNION ALL SELECT tgqual::text FROM pg_catalog.pg_trigger t WHERE tgqual IS NOT NULL AND :new(t)
                ) trees (tree) ON pg_catalog.strpos(tree, ':funcid ' || p.oid || ' ') > 0
                WHERE p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace
                  AND (p.proname = 'set_config' OR pg_catalog.starts_with(p.proname::text, 'pg_advisory_unlock'))
            ) routines
            """;

    /** @param before the transactions that had ended by then all have smaller numbers; null before the first look */
    private record Look(SessionTraces found, String before) {}

    private volatile Look last = new Look(SessionTraces.NONE, null);

    /** What they may leave as of now; and what they could leave before, as long as this process lives. */
    public SessionTraces read(Connection session) throws SQLException {
        Look known = last;
        try (PreparedStatement statement = session.prepareStatement(sql(known.before))) {
            statement.setString(1, SessionTraces.LASTING_IN_SQL);
            statement.setString(2, SessionTraces.UNLOCKING_IN_SQL);
            statement.setString(3, SessionTraces.STORING_IN_SQL);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                SessionTraces found = known.found.and(
                        new SessionTraces(row.getLong(1) > 0, row.getLong(2) > 0, false, row.getLong(3) > 0));
                last = new Look(found, row.getString(4));
                return found;
            }
        }
    }

    /** A change of a row is a new version of it, which has the number of its transaction; rows that were frozen are very old. */
    private static String sql(String before) {
        String isNew =
                before == null ? "true" : "pg_catalog.age($1.xmin) <= pg_catalog.age('" + before + "'::pg_catalog.xid)";
        return ROUTINES.replaceAll(":new\\((\\w++)\\)", isNew);
    }
}
