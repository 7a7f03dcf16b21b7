package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Foreign tables. */
final class ForeignTableKind extends AbstractKind {
    static final String NOUN = "foreign table";

    private static final Pattern OPTIONS =
            Pattern.compile(" OPTIONS \\((?:[^\"')]++|\"(?:[^\"]++|\"\")*+\"|'(?:[^']++|'')*+')*+\\)");

    ForeignTableKind() {
        super(
                NOUN,
                "foreign_tables/*",
                Phase.DEFINITION,
                Undeclared.STRICT_DRIFT,
                "foreign table,foreign table column",
                List.of(
                        Aspect.text("server"),
                        Aspect.list("columns"),
                        Aspect.list("checks"),
                        Aspect.list("inherits"),
                        Aspect.text("partition_of"),
                        Aspect.sql("bound"),
                        Aspect.map("options")));
    }

    static List<String> path(String name) {
        return List.of("foreign_tables", name);
    }

    @Override
    public List<String> names(SchemaObject object) {
        return List.of(object.name());
    }

    @Override
    public Sign sign() {
        return Sign.filled("pg_foreign_table");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['foreign_tables', c.relname]::text[] AS path, s.srvname AS server, %s AS options,
                   ARRAY(SELECT pg_catalog.quote_ident(a.attname) || ' '
                                || pg_catalog.format_type(a.atttypid, a.atttypmod)
                                || CASE WHEN a.attfdwoptions IS NULL THEN '' ELSE ' OPTIONS (' || (
                                     SELECT pg_catalog.string_agg(pg_catalog.quote_ident(o.option_name) || ' '
                                            || pg_catalog.quote_literal(o.option_value), ', ' ORDER BY o.option_name)
                                       FROM pg_catalog.pg_options_to_table(a.attfdwoptions) o) || ')' END
                                || CASE WHEN a.attnotnull AND NOT EXISTS (
                                     SELECT FROM pg_catalog.pg_constraint n WHERE n.conrelid = c.oid AND n.contype = 'n'
                                        AND NOT n.convalidated AND n.conkey[1] = a.attnum) THEN ' NOT NULL' ELSE '' END
                                || COALESCE(CASE WHEN a.attgenerated <> '' THEN ' GENERATED ALWAYS AS (' ELSE ' DEFAULT ' END
                                     || pg_catalog.pg_get_expr(d.adbin, d.adrelid, true)
                                     || CASE WHEN a.attgenerated <> '' THEN ') STORED' ELSE '' END, '')
                           FROM pg_catalog.pg_attribute a
                           LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns,
                   ARRAY(SELECT 'CONSTRAINT ' || pg_catalog.quote_ident(k.conname) || ' '
                                || pg_catalog.pg_get_constraintdef(k.oid, true)
                           FROM pg_catalog.pg_constraint k
                          WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conislocal ORDER BY k.conname) AS checks,
                   CASE WHEN NOT c.relispartition THEN
                        ARRAY(SELECT i.inhparent::regclass::text FROM pg_catalog.pg_inherits i
                               WHERE i.inhrelid = c.oid ORDER BY i.inhseqno) END AS inherits,
                   CASE WHEN c.relispartition THEN
                        (SELECT i.inhparent::regclass::text FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid)
                   END AS partition_of,
                   CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid, true) END AS bound
              FROM pg_catalog.pg_foreign_table t
              JOIN pg_catalog.pg_class c ON c.oid = t.ftrelid
              JOIN pg_catalog.pg_foreign_server s ON s.oid = t.ftserver
             WHERE c.relnamespace = :schema AND """
                        .formatted(SettingsSql.foreignOptions("t.ftoptions"))
                + " " + CatalogSql.ours("c", "pg_class");
    }

    @Override
    public List<String> create(SchemaObject table) {
        List<String> parts = new ArrayList<>(table.list("columns"));
        parts.addAll(table.list("checks"));
        String list = parts.stream().map(part -> "\n    " + part).collect(Collectors.joining(","));
        String head = "CREATE FOREIGN TABLE " + SqlText.name(table.name());
        String tail =
                " SERVER " + SqlText.name(table.text("server")) + SettingsSql.foreignOptions(table.map("options"));
        if (table.text("partition_of") != null) {
            return List.of(head + " PARTITION OF " + table.text("partition_of") + " " + table.text("bound") + tail);
        }
        List<String> parents = table.list("inherits");
        return List.of(head + " (" + list + "\n)"
                + (parents.isEmpty() ? "" : " INHERITS (" + String.join(", ", parents) + ")") + tail);
    }

    /** Its defaults and checks may name things in literals; options do not, and the server may have the name of a table. */
    @Override
    public String mentioning(SchemaObject table) {
        String text = OPTIONS.matcher(create(table).get(0)).replaceAll("");
        return text.substring(0, text.lastIndexOf(" SERVER "));
    }

    @Override
    public String putInto(SchemaObject table) {
        return "server " + table.text("server");
    }

    @Override
    public List<String> drop(SchemaObject table) {
        return List.of("DROP FOREIGN TABLE " + SqlText.name(table.name()));
    }

    /** In place, so that it keeps its triggers, privileges and what stands on it. */
    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        return SettingsSql.differs(before, after, "server")
                        || followsParents(before, after)
                        || !ForeignTableChange.ordered(before, after)
                ? Optional.empty()
                : Optional.of(ForeignTableChange.statements(before, after));
    }

    /** Whether its columns change with those of its parents. */
    private static boolean followsParents(SchemaObject before, SchemaObject after) {
        return SettingsSql.differs(before, after, "columns")
                && Stream.of(before, after)
                        .anyMatch(one -> one.text("partition_of") != null
                                || !one.list("inherits").isEmpty());
    }

    @Override
    public boolean reshapes(SchemaObject before, SchemaObject after) {
        return ForeignTableChange.reshapes(before, after);
    }

    @Override
    public String leftToPerson(SchemaObject before, SchemaObject after) {
        return followsParents(before, after)
                ? null
                : "Its server and the places of its columns can be changed only by making it anew, which loses its"
                        + " triggers.";
    }

    /** Only the way back comes here, where a column may come back at the end. */
    @Override
    public List<String> anew(SchemaObject before, SchemaObject after) {
        return followsParents(before, after) ? super.anew(before, after) : ForeignTableChange.statements(before, after);
    }
}
