package io.schemajob.importer.load;

import io.schemajob.database.query.Identifiers;
import io.schemajob.importer.convert.TargetType;
import io.schemajob.importer.target.KeyConstraint;
import io.schemajob.importer.target.MappedCheck;
import io.schemajob.importer.target.MappedForeignKey;
import io.schemajob.importer.target.SecondaryIndex;
import io.schemajob.importer.target.TargetColumn;
import io.schemajob.importer.target.TargetTable;
import io.schemajob.importer.target.Unique;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what loading has to know of a schema's tables; eight queries, whatever their number. */
public final class TargetReader {
    private static final String OURS = " JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = ? ";

    /** Each domain with every level below it: the domain of that level and what that is made of. */
    private static final String DOMAINS =
            """
            domains (domain, level, base, modifier, required) AS (
                SELECT oid, oid, typbasetype, typtypmod, typnotnull FROM pg_type WHERE typtype = 'd'
                UNION ALL
                SELECT d.domain, t.oid, t.typbasetype, t.typtypmod, d.required OR t.typnotnull
                FROM domains d JOIN pg_type t ON t.oid = d.base AND t.typtype = 'd')
            """;

    private static final String COLUMNS =
            """
            WITH RECURSIVE %s
            SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
                   CASE WHEN b.typnamespace = 'pg_catalog'::regnamespace THEN b.typname END AS typname,
                   coalesce(d.modifier, a.atttypmod) AS modifier, a.attnotnull OR coalesce(d.required, false) AS required,
                   format_type(b.oid, coalesce(d.modifier, a.atttypmod)) AS base,
                   ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = b.oid ORDER BY e.enumsortorder)
                       AS labels,
                   d.domain IS NOT NULL AND EXISTS (SELECT 1 FROM pg_attribute g WHERE g.attrelid = c.oid
                                                    AND g.attgenerated <> '' AND NOT g.attisdropped) AS fixed,
                   a.atthasdef OR a.attidentity <> '' AS filled, a.attgenerated <> '' AS generated,
                   pg_has_role(c.relowner, 'USAGE') AS owned
            FROM pg_class c %s
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN domains d ON d.domain = a.atttypid
                 AND NOT EXISTS (SELECT 1 FROM pg_type t WHERE t.oid = d.base AND t.typtype = 'd')
            JOIN pg_type b ON b.oid = coalesce(d.base, a.atttypid)
            WHERE c.relkind IN ('r', 'p') ORDER BY c.relname, a.attnum
            """
                    .formatted(DOMAINS, OURS);

    /**
     * The word VALUE of a domain's check is an ordinary name elsewhere, so a row with a column of that name will do.
     *
     * @see <a href="https://www.postgresql.org/docs/current/sql-createdomain.html">CREATE DOMAIN</a>
     */
    private static final String DOMAIN_CHECKS =
            """
            WITH RECURSIVE %s
            SELECT c.relname AS "table", k.conname AS name, pg_get_expr(k.conbin, 0) AS shown,
                   '(SELECT ' || pg_get_expr(k.conbin, 0) || ' FROM (SELECT ' || quote_ident(a.attname) || ' AS value) v)'
                       AS expression,
                   ARRAY[a.attname::text] AS columns
            FROM pg_class c %s
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN domains d ON d.domain = a.atttypid
            JOIN pg_constraint k ON k.contypid = d.level AND k.contype = 'c' ORDER BY a.attnum, k.conname
            """
                    .formatted(DOMAINS, OURS);

    private static final String UNIQUES =
            """
            SELECT c.relname AS "table", x.relname AS name, i.indisprimary AS "primary",
                   coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) AS nulls_equal,
                   ARRAY(SELECT a.attname::text FROM pg_attribute a
                         LEFT JOIN unnest(i.indkey::smallint[]) WITH ORDINALITY k (number, place)
                           ON k.number = a.attnum AND k.place <= i.indnkeyatts
                         WHERE a.attrelid = c.oid AND a.attnum > 0
                           AND (k.place IS NOT NULL OR (i.indpred IS NOT NULL OR i.indexprs IS NOT NULL)
                                AND EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                                            AND d.objid = x.oid AND d.refclassid = 'pg_class'::regclass
                                            AND d.refobjid = c.oid AND d.refobjsubid = a.attnum)
                                AND a.attnum <> ALL (i.indkey::smallint[]))
                         ORDER BY k.place NULLS LAST, a.attnum) AS columns,
                   ARRAY(SELECT pg_get_indexdef(x.oid, k, true)
                         FROM generate_series(1, i.indnkeyatts) k ORDER BY k) AS keys,
                   pg_get_expr(i.indpred, c.oid, true) AS predicate,
                   ARRAY(SELECT format('OPERATOR(%%I.%%s)', pn.nspname, p.oprname)
                         FROM pg_constraint k, unnest(k.conexclop) WITH ORDINALITY o (operator, place)
                         JOIN pg_operator p ON p.oid = o.operator JOIN pg_namespace pn ON pn.oid = p.oprnamespace
                         WHERE k.conindid = x.oid AND k.conrelid = c.oid ORDER BY o.place) AS operators,
                   substring(pg_get_indexdef(x.oid) FROM ' (USING .*)$') AS using
            FROM pg_class c %s
            JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class x ON x.oid = i.indexrelid
            WHERE i.indisunique OR i.indisexclusion ORDER BY x.relname
            """
                    .formatted(OURS);

    private static final String FOREIGN_KEYS =
            """
            SELECT c.relname AS "table", k.conname AS name, pg_get_constraintdef(k.oid) AS definition,
                   CASE WHEN f.relnamespace = c.relnamespace THEN f.relname END AS parent,
                   quote_ident(fn.nspname) || '.' || quote_ident(f.relname) AS parent_sql,
                   k.convalidated AND k.conparentid = 0 AND obj_description(k.oid, 'pg_constraint') IS NULL
                   AND c.relkind = 'r' AND pg_has_role(f.relowner, 'USAGE')
                   AND NOT EXISTS (SELECT 1 FROM pg_trigger g WHERE g.tgconstraint = k.oid AND g.tgenabled <> 'O')
                       AS droppable,
                   ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY o (number, place)
                         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = o.number ORDER BY o.place) AS columns,
                   ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY o (number, place)
                         JOIN pg_attribute a ON a.attrelid = f.oid AND a.attnum = o.number ORDER BY o.place) AS referenced
            FROM pg_class c %s
            JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f'
            JOIN pg_class f ON f.oid = k.confrelid JOIN pg_namespace fn ON fn.oid = f.relnamespace ORDER BY k.conname
            """
                    .formatted(OURS);

    private static final String CHECKS =
            """
            SELECT c.relname AS "table", k.conname AS name, pg_get_expr(k.conbin, k.conrelid) AS expression,
                   pg_get_expr(k.conbin, k.conrelid) AS shown,
                   ARRAY(SELECT a.attname::text FROM unnest(k.conkey) o (number)
                         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = o.number) AS columns
            FROM pg_class c %s
            JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'c' ORDER BY k.conname
            """
                    .formatted(OURS);

    /** A row lies in one partition at least; of those below others, the constraint names those of all levels. */
    private static final String PARTITIONS =
            """
            SELECT c.relname AS "table", c.relname || ' (partitions)' AS name, 'no partition takes the row' AS shown,
                   '(' || coalesce(string_agg(coalesce(pg_get_partition_constraintdef(t.relid), 'true'), ' OR '), 'false') || ')'
                       AS expression,
                   ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
                          AND EXISTS (SELECT 1 FROM pg_partitioned_table p, unnest(p.partattrs::smallint[]) k (number)
                                      WHERE p.partrelid = c.oid AND k.number IN (0, a.attnum))) AS columns
            FROM pg_class c %s
            LEFT JOIN LATERAL pg_partition_tree(c.oid) t ON t.isleaf AND t.relid <> c.oid
            WHERE c.relkind = 'p' GROUP BY c.oid, c.relname
            """
                    .formatted(OURS);

    /** Only indexes of which everything is in their definition. */
    private static final String INDEXES =
            """
            SELECT c.relname AS "table", quote_ident(n.nspname) || '.' || quote_ident(x.relname) AS name,
                   pg_get_indexdef(i.indexrelid) AS definition
            FROM pg_class c %s
            JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class x ON x.oid = i.indexrelid
            WHERE c.relkind = 'r' AND NOT c.relispartition AND i.indisvalid AND i.indisready
              AND NOT i.indisreplident AND NOT i.indisclustered AND x.reltablespace = 0
              AND obj_description(x.oid, 'pg_class') IS NULL
              AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = x.oid)
              AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = x.oid AND a.attstattarget > 0)
            ORDER BY x.relname
            """
                    .formatted(OURS);

    /**
     * Keys on which nothing depends but foreign keys, each of which can be made anew too. Where a trigger of the schema
     * writes on its own it may count on them (ON CONFLICT), so then there are none.
     */
    private static final String KEYS =
            """
            SELECT c.relname AS "table", k.conname AS name, pg_get_constraintdef(k.oid) AS definition,
                   f.schemas, f.tables, f.names, f.definitions, f.empty
            FROM pg_class c %s
            JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype IN ('p', 'u')
            JOIN pg_class x ON x.oid = k.conindid AND x.relname = k.conname JOIN pg_index i ON i.indexrelid = x.oid
            CROSS JOIN LATERAL (
                SELECT coalesce(array_agg(fn.nspname::text ORDER BY r.oid), '{}') AS schemas,
                       coalesce(array_agg(t.relname::text ORDER BY r.oid), '{}') AS tables,
                       coalesce(array_agg(r.conname::text ORDER BY r.oid), '{}') AS names,
                       coalesce(array_agg(pg_get_constraintdef(r.oid) ORDER BY r.oid), '{}') AS definitions,
                       coalesce(array_agg((pg_relation_size(t.oid) = 0)::text ORDER BY r.oid), '{}') AS empty,
                       coalesce(bool_and(r.convalidated AND r.conparentid = 0 AND t.relkind = 'r'
                            AND pg_has_role(t.relowner, 'USAGE') AND obj_description(r.oid, 'pg_constraint') IS NULL
                            AND NOT EXISTS (SELECT 1 FROM pg_trigger g WHERE g.tgconstraint = r.oid AND g.tgenabled <> 'O')),
                            true) AS droppable
                FROM pg_constraint r JOIN pg_class t ON t.oid = r.conrelid JOIN pg_namespace fn ON fn.oid = t.relnamespace
                WHERE r.contype = 'f' AND r.conindid = x.oid) f
            WHERE c.relkind = 'r' AND NOT c.relispartition AND NOT c.relhasrules AND NOT c.relhassubclass AND f.droppable
              AND k.conislocal AND k.coninhcount = 0 AND i.indisvalid AND NOT i.indisreplident AND NOT i.indisclustered
              AND x.reltablespace = 0 AND x.reloptions IS NULL
              AND obj_description(k.oid, 'pg_constraint') IS NULL AND obj_description(x.oid, 'pg_class') IS NULL
              AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = x.oid AND a.attstattarget > 0)
              AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.refclassid = 'pg_constraint'::regclass AND d.refobjid = k.oid
                              AND NOT (d.classid = 'pg_class'::regclass AND d.objid = x.oid))
              AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = x.oid
                              AND d.classid <> 'pg_constraint'::regclass)
              AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = x.oid
                              AND d.deptype = 'x')
              AND NOT EXISTS (SELECT 1 FROM pg_trigger g JOIN pg_class o ON o.oid = g.tgrelid
                              WHERE o.relnamespace = c.relnamespace AND NOT g.tgisinternal AND g.tgtype & 4 <> 0)
            ORDER BY k.conname
            """
                    .formatted(OURS);

    private final Connection session;
    private final String schema;
    private final Map<String, Parts> tables = new TreeMap<>();

    private TargetReader(Connection session, String schema) {
        this.session = session;
        this.schema = schema;
    }

    /** What is known of a table so far. */
    private static final class Parts {
        private final List<TargetColumn> columns = new ArrayList<>();
        private final List<Unique> uniques = new ArrayList<>();
        private final List<MappedForeignKey> foreignKeys = new ArrayList<>();
        private final List<MappedCheck> checks = new ArrayList<>();
        private final List<SecondaryIndex> indexes = new ArrayList<>();
        private final List<KeyConstraint> keys = new ArrayList<>();
        private boolean owned;
    }

    /** All tables of the schema by name. */
    public static Map<String, TargetTable> read(Connection session, String schema) throws SQLException {
        TargetReader reader = new TargetReader(session, schema);
        reader.each(COLUMNS, reader::column);
        reader.each(
                UNIQUES,
                (row, table) -> table.uniques.add(new Unique(
                        row.getString("name"),
                        names(row, "columns"),
                        names(row, "keys"),
                        row.getString("predicate"),
                        exclusion(names(row, "operators"), row.getString("using")),
                        row.getBoolean("primary"),
                        row.getBoolean("nulls_equal"))));
        reader.each(
                FOREIGN_KEYS,
                (row, table) -> table.foreignKeys.add(new MappedForeignKey(
                        row.getString("name"),
                        names(row, "columns"),
                        row.getString("parent"),
                        names(row, "referenced"),
                        row.getString("parent_sql"),
                        row.getString("definition"),
                        row.getBoolean("droppable"))));
        reader.each(CHECKS, TargetReader::check);
        reader.each(DOMAIN_CHECKS, TargetReader::check);
        reader.each(PARTITIONS, TargetReader::check);
        reader.each(
                INDEXES,
                (row, table) ->
                        table.indexes.add(new SecondaryIndex(row.getString("name"), row.getString("definition"))));
        reader.each(KEYS, TargetReader::key);
        return reader.tables();
    }

    private static void key(ResultSet row, Parts table) throws SQLException {
        List<String> schemas = names(row, "schemas");
        List<String> tables = names(row, "tables");
        List<String> names = names(row, "names");
        List<String> definitions = names(row, "definitions");
        List<String> empty = names(row, "empty");
        List<KeyConstraint.Reference> references = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            references.add(new KeyConstraint.Reference(
                    Identifiers.qualify(schemas.get(i), tables.get(i)),
                    names.get(i),
                    definitions.get(i),
                    Boolean.parseBoolean(empty.get(i))));
        }
        table.keys.add(new KeyConstraint(row.getString("name"), row.getString("definition"), List.copyOf(references)));
    }

    private static void check(ResultSet row, Parts table) throws SQLException {
        table.checks.add(new MappedCheck(
                row.getString("name"), names(row, "columns"), row.getString("expression"), row.getString("shown")));
    }

    /** A domain cannot be loaded where something is computed from other columns: its checks could not be told apart. */
    private void column(ResultSet row, Parts table) throws SQLException {
        table.owned = row.getBoolean("owned");
        TargetType type = TargetTypes.of(
                row.getString("typname"), row.getString("type"), row.getInt("modifier"), names(row, "labels"));
        table.columns.add(new TargetColumn(
                row.getString("name"),
                row.getBoolean("fixed") ? null : type,
                row.getString("type"),
                row.getString("base"),
                row.getBoolean("required"),
                row.getBoolean("filled"),
                row.getBoolean("generated")));
    }

    private Map<String, TargetTable> tables() {
        Map<String, TargetTable> result = new TreeMap<>();
        tables.forEach((name, parts) -> result.put(
                name,
                new TargetTable(
                        name,
                        Identifiers.qualify(schema, name),
                        parts.owned,
                        List.copyOf(parts.columns),
                        List.copyOf(parts.uniques),
                        List.copyOf(parts.foreignKeys),
                        List.copyOf(parts.checks),
                        List.copyOf(parts.indexes),
                        List.copyOf(parts.keys))));
        return result;
    }

    private interface Reading {
        void read(ResultSet row, Parts table) throws SQLException;
    }

    private void each(String sql, Reading reading) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, schema);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    reading.read(row, tables.computeIfAbsent(row.getString("table"), name -> new Parts()));
                }
            }
        }
    }

    private static Unique.Exclusion exclusion(List<String> operators, String using) {
        return operators.isEmpty() ? null : new Unique.Exclusion(operators, using);
    }

    private static List<String> names(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }
}
