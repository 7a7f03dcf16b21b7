package io.schemajob.importer.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the sequences that the columns of a table draw from: by what the server remembers that a default depends on, of the
 * column or its domain, and by the names in {@code nextval('…')} where it remembers nothing, also in functions.
 */
public final class SequenceReader {
    private static final String SEQUENCES =
            """
            WITH c AS (
                SELECT a.attname, a.attnum, a.attrelid, a.atttypid, d.oid AS def,
                       coalesce(pg_get_expr(d.adbin, d.adrelid), t.typdefault) AS expression
                  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                 WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped),
            depends AS (
                SELECT c.attname, c.expression, p.refclassid, p.refobjid
                  FROM c JOIN pg_depend p
                    ON (p.classid, p.objid) = ('pg_attrdef'::regclass, c.def)
                    OR (p.classid, p.objid) = ('pg_type'::regclass, c.atttypid) AND c.def IS NULL),
            named AS (
                SELECT c.attname, c.expression, c.expression AS text FROM c
                UNION ALL
                SELECT d.attname, d.expression, f.prosrc
                  FROM depends d JOIN pg_proc f ON d.refclassid = 'pg_proc'::regclass AND f.oid = d.refobjid),
            drawn AS (
                SELECT attname, expression, refobjid AS seq FROM depends WHERE refclassid = 'pg_class'::regclass
                UNION ALL
                SELECT c.attname, NULL, p.objid
                  FROM c JOIN pg_depend p ON p.classid = 'pg_class'::regclass AND p.refclassid = 'pg_class'::regclass
                   AND p.refobjid = c.attrelid AND p.refobjsubid = c.attnum AND p.deptype = 'i'
                UNION ALL
                SELECT n.attname, n.expression, to_regclass(m[1])::oid
                  FROM named n, LATERAL regexp_matches(n.text, 'nextval\\(+''([^'']+)''', 'gi') m)
            SELECT d.attname, d.expression, quote_ident(n.nspname) || '.' || quote_ident(s.relname) AS sql,
                   q.seqincrement, q.seqmin, q.seqmax,
                   has_sequence_privilege(s.oid, 'SELECT') AS readable, has_sequence_privilege(s.oid, 'UPDATE') AS movable
              FROM drawn d JOIN pg_sequence q ON q.seqrelid = d.seq
              JOIN pg_class s ON s.oid = d.seq JOIN pg_namespace n ON n.oid = s.relnamespace
             ORDER BY 1, 3
            """;

    private SequenceReader() {}

    /** @param tableSql the table, quoted and with its schema */
    public static List<DrawnSequence> read(Connection session, String tableSql) throws SQLException {
        Map<String, DrawnSequence> found = new LinkedHashMap<>();
        try (PreparedStatement statement = session.prepareStatement(SEQUENCES)) {
            statement.setString(1, tableSql);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    DrawnSequence sequence = new DrawnSequence(
                            row.getString("attname"),
                            row.getString("expression"),
                            row.getString("sql"),
                            row.getLong("seqincrement"),
                            row.getLong("seqmin"),
                            row.getLong("seqmax"),
                            row.getBoolean("readable"),
                            row.getBoolean("movable"));
                    found.putIfAbsent(sequence.column() + " " + sequence.sql(), sequence);
                }
            }
        }
        return List.copyOf(found.values());
    }
}
