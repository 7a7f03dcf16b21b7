package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Text search configurations: which dictionaries look at which sort of token. */
final class TextSearchConfigurationKind extends AbstractKind {
    TextSearchConfigurationKind() {
        super(
                "text search configuration",
                "text_search_configurations/*",
                Phase.DEFINITION,
                Undeclared.STRICT_DRIFT,
                "text search configuration",
                List.of(Aspect.text("parser"), Aspect.map("mappings")));
    }

    @Override
    public List<String> names(SchemaObject object) {
        return List.of(object.name());
    }

    @Override
    public Sign sign() {
        return Sign.inSchema("pg_ts_config");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['text_search_configurations', c.cfgname]::text[] AS path,
                   CASE WHEN pg_catalog.pg_ts_parser_is_visible(p.oid) THEN pg_catalog.quote_ident(p.prsname)
                        ELSE pg_catalog.format('%I.%I', p.prsnamespace::regnamespace::text, p.prsname) END AS parser,
                   ARRAY(SELECT t.alias || '=' || pg_catalog.string_agg(m.mapdict::regdictionary::text, ', '
                                                                        ORDER BY m.mapseqno)
                           FROM pg_catalog.pg_ts_config_map m
                           JOIN LATERAL pg_catalog.ts_token_type(c.cfgparser) t ON t.tokid = m.maptokentype
                          WHERE m.mapcfg = c.oid GROUP BY t.alias ORDER BY 1) AS mappings
              FROM pg_catalog.pg_ts_config c JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser
             WHERE c.cfgnamespace = :schema AND """
                + " " + CatalogSql.ours("c", "pg_ts_config");
    }

    @Override
    public List<String> create(SchemaObject configuration) {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TEXT SEARCH CONFIGURATION " + SqlText.name(configuration.name()) + " (parser = "
                + configuration.text("parser") + ")");
        map(configuration.name(), Map.of(), configuration.map("mappings"), statements);
        return statements;
    }

    private static void map(
            String name, Map<String, String> before, Map<String, String> after, List<String> statements) {
        String alter = "ALTER TEXT SEARCH CONFIGURATION " + SqlText.name(name);
        before.keySet().stream()
                .filter(token -> !after.containsKey(token))
                .sorted()
                .forEach(token -> statements.add(alter + " DROP MAPPING FOR " + token));
        after.keySet().stream().sorted().forEach(token -> {
            if (!after.get(token).equals(before.get(token))) {
                statements.add(alter + (before.containsKey(token) ? " ALTER" : " ADD") + " MAPPING FOR " + token
                        + " WITH " + after.get(token));
            }
        });
    }

    @Override
    public List<String> drop(SchemaObject configuration) {
        return List.of("DROP TEXT SEARCH CONFIGURATION " + SqlText.name(configuration.name()));
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        if (SettingsSql.differs(before, after, "parser")) {
            return Optional.empty();
        }
        List<String> statements = new ArrayList<>();
        map(after.name(), before.map("mappings"), after.map("mappings"), statements);
        return Optional.of(statements);
    }
}
