package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a function tells the planner of itself. */
final class FunctionSettingsKind extends AbstractSettings {
    /** The usual one. The languages internal and c have these OIDs everywhere (PostgreSQL's {@code pg_language.dat}). */
    private static final String COST = "CASE WHEN p.prolang IN (12, 13) THEN 1 ELSE 100 END";

    private static final String UNUSUAL =
            """
            p.prokind IN ('f', 'p')
            AND (p.procost <> %s
                 OR p.prorows <> CASE WHEN p.proretset THEN 1000 ELSE 0 END OR p.prosupport <> 0)
            """
                    .formatted(COST);

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
        return Sign.routine(UNUSUAL);
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['functions', pg_catalog.format('%%s(%%s)', p.proname, pg_catalog.oidvectortypes(p.proargtypes))]
                   AS path,
                   CASE WHEN p.procost <> %s THEN p.procost::text END AS cost,
                   CASE WHEN p.prorows <> CASE WHEN p.proretset THEN 1000 ELSE 0 END THEN p.prorows::text END AS rows,
                   %s AS support
              FROM pg_catalog.pg_proc p
             WHERE p.pronamespace = :schema AND %s AND %s
            """
                .formatted(COST, CatalogSql.function("p.prosupport"), UNUSUAL, CatalogSql.ours("p", "pg_proc"));
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
