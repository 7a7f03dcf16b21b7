package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlNames;
import io.schemajob.catalog.sql.SqlScope;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Extended statistics. */
final class StatisticsKind extends AbstractKind {
    private static final Pattern COLUMN = Pattern.compile("([^\"()\\s,]+|\"(?:[^\"]++|\"\")++\")(?:, *|$)");

    StatisticsKind() {
        super(
                "statistics",
                "statistics/*",
                Phase.ATTACHED,
                Undeclared.STRICT_DRIFT,
                "statistics object",
                List.of(Aspect.sql("columns"), Aspect.text("table"), Aspect.list("kinds"), Aspect.number("target")));
    }

    @Override
    public String relation(SchemaObject statistics) {
        String table = statistics.text("table");
        return table == null ? null : SqlNames.unquoted(table);
    }

    @Override
    public SqlScope scope(SchemaObject statistics, Aspect aspect, Schema live) {
        return SqlScope.list(statistics.text("table"));
    }

    @Override
    public Sign sign() {
        return Sign.filled("pg_statistic_ext");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['statistics', s.stxname]::text[] AS path, %s AS table,
                   pg_catalog.array_to_string(ARRAY(
                       SELECT pg_catalog.quote_ident(a.attname) COLLATE "C" FROM pg_catalog.pg_attribute a
                        WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys::int2[]) ORDER BY 1)
                       || pg_catalog.pg_get_statisticsobjdef_expressions(s.oid), ', ') AS columns,
                   CASE WHEN NOT s.stxkind @> ARRAY['d', 'f', 'm']::"char"[] AND s.stxkind <> ARRAY['e']::"char"[] THEN
                        ARRAY(SELECT CASE k.kind WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies' ELSE 'mcv' END AS k
                                FROM pg_catalog.unnest(s.stxkind) k(kind) WHERE k.kind <> 'e' ORDER BY k) END AS kinds,
                   CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget::text END AS target
              FROM pg_catalog.pg_statistic_ext s
             WHERE s.stxnamespace = :schema AND """
                        .formatted(CatalogSql.reference("s.stxrelid"))
                + " " + CatalogSql.ours("s", "pg_statistic_ext");
    }

    /** PostgreSQL keeps no order of the columns, and prints them in that of the table. */
    @Override
    public Optional<SchemaObject> on(int major, SchemaObject declared) {
        String all = declared.text("columns") == null ? "" : declared.text("columns");
        List<String> columns = new ArrayList<>();
        Matcher column = COLUMN.matcher(all);
        int end = 0;
        while (column.find(end) && column.start() == end) {
            columns.add(column.group(1));
            end = column.end();
        }
        columns.sort(null);
        if (end < all.length()) {
            columns.add(all.substring(end));
        }
        return Optional.of(declared.with("columns", String.join(", ", columns)));
    }

    @Override
    public List<String> create(SchemaObject statistics) {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE STATISTICS " + SqlText.name(statistics.name())
                + (statistics.list("kinds").isEmpty() ? "" : " (" + String.join(", ", statistics.list("kinds")) + ")")
                + " ON " + statistics.text("columns") + " FROM " + SqlText.qualified(statistics.text("table")));
        if (statistics.text("target") != null) {
            statements.add(samples(statistics));
        }
        return statements;
    }

    private static String samples(SchemaObject statistics) {
        return "ALTER STATISTICS " + SqlText.name(statistics.name()) + " SET STATISTICS "
                + (statistics.text("target") == null ? "-1" : statistics.text("target"));
    }

    @Override
    public List<String> drop(SchemaObject statistics) {
        return List.of("DROP STATISTICS " + SqlText.name(statistics.name()));
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        return SettingsSql.onlyDiffers(aspects(), before, after, "target")
                ? Optional.of(List.of(samples(after)))
                : Optional.empty();
    }
}
