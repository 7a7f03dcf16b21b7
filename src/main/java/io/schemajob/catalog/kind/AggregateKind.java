package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;

/** Aggregates, by their name and arguments as {@code DROP AGGREGATE} wants them. */
final class AggregateKind extends AbstractKind {
    AggregateKind() {
        super(
                "aggregate",
                "aggregates/*",
                Phase.DEFINITION,
                Undeclared.STRICT_DRIFT,
                "aggregate",
                List.of(
                        Aspect.text("sfunc"),
                        Aspect.text("stype"),
                        Aspect.number("sspace"),
                        Aspect.text("finalfunc"),
                        Aspect.flag("finalfunc_extra"),
                        Aspect.text("finalfunc_modify"),
                        Aspect.text("combinefunc"),
                        Aspect.text("serialfunc"),
                        Aspect.text("deserialfunc"),
                        Aspect.text("initcond"),
                        Aspect.text("msfunc"),
                        Aspect.text("minvfunc"),
                        Aspect.text("mstype"),
                        Aspect.number("msspace"),
                        Aspect.text("mfinalfunc"),
                        Aspect.flag("mfinalfunc_extra"),
                        Aspect.text("mfinalfunc_modify"),
                        Aspect.text("minitcond"),
                        Aspect.text("sortop"),
                        Aspect.text("parallel"),
                        Aspect.flag("hypothetical")));
    }

    @Override
    public List<String> names(SchemaObject object) {
        return List.of(object.name().substring(0, object.name().indexOf('(')));
    }

    @Override
    public Sign sign() {
        return Sign.routine("p.prokind = 'a'");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['aggregates', pg_catalog.format('%%s(%%s)', p.proname,
                         COALESCE(NULLIF(pg_catalog.pg_get_function_identity_arguments(p.oid), ''), '*'))] AS path,
                   %s AS sfunc, %s AS stype, NULLIF(a.aggtransspace, 0)::text AS sspace, %s AS finalfunc,
                   a.aggfinalextra::text AS finalfunc_extra, %s AS finalfunc_modify, %s AS combinefunc, %s AS serialfunc,
                   %s AS deserialfunc, pg_catalog.quote_literal(a.agginitval) AS initcond, %s AS msfunc, %s AS minvfunc,
                   %s AS mstype, NULLIF(a.aggmtransspace, 0)::text AS msspace, %s AS mfinalfunc,
                   a.aggmfinalextra::text AS mfinalfunc_extra, CASE WHEN a.aggmtransfn <> 0 THEN %s END AS mfinalfunc_modify,
                   pg_catalog.quote_literal(a.aggminitval) AS minitcond, %s AS sortop,
                   CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END AS parallel,
                   (a.aggkind = 'h')::text AS hypothetical
              FROM pg_catalog.pg_aggregate a JOIN pg_catalog.pg_proc p ON p.oid = a.aggfnoid
             WHERE p.pronamespace = :schema AND """
                        .formatted(
                                CatalogSql.function("a.aggtransfn"),
                                CatalogSql.type("a.aggtranstype"),
                                CatalogSql.function("a.aggfinalfn"),
                                modify("a.aggfinalmodify"),
                                CatalogSql.function("a.aggcombinefn"),
                                CatalogSql.function("a.aggserialfn"),
                                CatalogSql.function("a.aggdeserialfn"),
                                CatalogSql.function("a.aggmtransfn"),
                                CatalogSql.function("a.aggminvtransfn"),
                                CatalogSql.type("a.aggmtranstype"),
                                CatalogSql.function("a.aggmfinalfn"),
                                modify("a.aggmfinalmodify"),
                                CatalogSql.operator("a.aggsortop"))
                + " " + CatalogSql.ours("p", "pg_proc");
    }

    /** Ordered-set aggregates may write by default, others only read. */
    private static String modify(String column) {
        return "CASE WHEN " + column + " <> CASE WHEN a.aggkind = 'n' THEN 'r' ELSE 'w' END THEN CASE " + column
                + " WHEN 'r' THEN 'read_only' WHEN 's' THEN 'shareable' ELSE 'read_write' END END";
    }

    @Override
    public List<String> create(SchemaObject aggregate) {
        return List.of("CREATE AGGREGATE " + reference(aggregate) + " " + SettingsSql.definition(aspects(), aggregate));
    }

    private static String reference(SchemaObject aggregate) {
        int bracket = aggregate.name().indexOf('(');
        return SqlText.name(aggregate.name().substring(0, bracket))
                + aggregate.name().substring(bracket);
    }

    @Override
    public List<String> drop(SchemaObject aggregate) {
        return List.of("DROP AGGREGATE " + reference(aggregate));
    }
}
