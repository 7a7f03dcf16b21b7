package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rewrite rules, without those that make a view. One of them can swallow every write. */
final class RuleKind extends AbstractKind {
    private static final String FROM =
            """
              FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
             WHERE c.relnamespace = :schema AND r.rulename <> '_RETURN'
            """;

    RuleKind() {
        super(
                "rule",
                "tables/*/rules/* views/*/rules/*",
                Phase.ATTACHED,
                Undeclared.DRIFT,
                "rule",
                List.of(Aspect.sql("definition"), Aspect.text("enabled")));
    }

    @Override
    public Sign sign() {
        return Sign.database(
                "EXISTS (SELECT FROM pg_catalog.pg_rewrite r WHERE r.ev_class >= 16384 AND r.rulename <> '_RETURN')");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY[CASE WHEN c.relkind IN ('v', 'm') THEN 'views' ELSE 'tables' END,
                         c.relname, 'rules', r.rulename]::text[] AS path,
                   pg_catalog.btrim(pg_catalog.substr(pg_catalog.pg_get_ruledef(r.oid, true),
                       pg_catalog.length('CREATE RULE ' || pg_catalog.quote_ident(r.rulename) || ' AS') + 1),
                       E' \\n;') AS definition,
                   %s AS enabled
            """
                        .formatted(SettingsSql.firing("r.ev_enabled"))
                + FROM + " AND " + CatalogSql.ours("r", "pg_rewrite");
    }

    @Override
    public List<String> create(SchemaObject rule) {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE OR REPLACE RULE " + SqlText.name(rule.name()) + " AS " + rule.text("definition"));
        if (rule.text("enabled") != null) {
            statements.add(enable(rule));
        }
        return statements;
    }

    private static String enable(SchemaObject rule) {
        return SqlText.alter(rule.name(0)) + SettingsSql.verb(rule.text("enabled")) + " RULE "
                + SqlText.name(rule.name());
    }

    @Override
    public List<String> drop(SchemaObject rule) {
        return List.of("DROP RULE " + SqlText.name(rule.name()) + " ON " + SqlText.name(rule.name(0)));
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        return SettingsSql.differs(before, after, "definition")
                ? Optional.empty()
                : Optional.of(List.of(enable(after)));
    }
}
