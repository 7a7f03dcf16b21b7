package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a function tells the planner of itself. */
final class FunctionSettingsKind extends AbstractSettings {
    private static final String FROM =
            """
              FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang
             WHERE p.pronamespace = :schema AND p.prokind IN ('f', 'p')
               AND (p.procost <> CASE WHEN l.lanname IN ('c', 'internal') THEN 1 ELSE 100 END
                    OR p.prorows <> CASE WHEN p.proretset THEN 1000 ELSE 0 END OR p.prosupport <> 0)
            """;

    FunctionSettingsKind() {
        super(
                "function",
                "functions/*",
                Phase.SETTINGS,
                Undeclared.STRICT_DRIFT,
                "",
                List.of(Aspect.number("cost"), Aspect.number("rows"), Aspect.text("support")));
    }

    @Override
    public Sign sign() {
        return Sign.inSchema("pg_proc");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['functions', pg_catalog.format('%%s(%%s)', p.proname, pg_catalog.oidvectortypes(p.proargtypes))]
                   AS path,
                   CASE WHEN p.procost <> CASE WHEN l.lanname IN ('c', 'internal') THEN 1 ELSE 100 END
                        THEN p.procost::text END AS cost,
                   CASE WHEN p.prorows <> CASE WHEN p.proretset THEN 1000 ELSE 0 END THEN p.prorows::text END AS rows,
                   %s AS support
            """
                        .formatted(CatalogSql.function("p.prosupport"))
                + FROM + " AND " + CatalogSql.ours("p", "pg_proc");
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        String signature = after.name();
        int bracket = signature.indexOf('(');
        String alter =
                "ALTER ROUTINE " + SqlText.name(signature.substring(0, bracket)) + signature.substring(bracket) + " ";
        List<String> statements = new ArrayList<>();
        if (SettingsSql.differs(before, after, "cost")) {
            statements.add(alter + "COST " + (after.text("cost") == null ? "100" : after.text("cost")));
        }
        if (SettingsSql.differs(before, after, "rows")) {
            statements.add(alter + "ROWS " + (after.text("rows") == null ? "1000" : after.text("rows")));
        }
        if (after.text("support") == null && before.text("support") != null) {
            // No ALTER takes it away, but to replace the function without it does.
            return Optional.empty();
        } else if (SettingsSql.differs(before, after, "support")) {
            statements.add(alter + "SUPPORT " + after.text("support"));
        }
        return Optional.of(statements);
    }
}
