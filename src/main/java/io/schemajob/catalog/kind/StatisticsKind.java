package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Extended statistics. */
final class StatisticsKind extends AbstractKind {
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
        return statistics.text("table");
    }

    @Override
    public String present() {
        return "EXISTS (SELECT FROM pg_catalog.pg_statistic_ext)";
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['statistics', s.stxname]::text[] AS path, %s AS table,
                   pg_catalog.pg_get_statisticsobjdef_columns(s.oid) AS columns,
                   CASE WHEN NOT s.stxkind @> ARRAY['d', 'f', 'm']::"char"[] AND s.stxkind <> ARRAY['e']::"char"[] THEN
                        ARRAY(SELECT CASE k.kind WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies' ELSE 'mcv' END AS k
                                FROM pg_catalog.unnest(s.stxkind) k(kind) WHERE k.kind <> 'e' ORDER BY k) END AS kinds,
                   CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget::text END AS target
              FROM pg_catalog.pg_statistic_ext s
             WHERE s.stxnamespace = :schema AND """
                        .formatted(CatalogSql.relation("s.stxrelid"))
                + " " + CatalogSql.ours("s", "pg_statistic_ext");
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
