package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import java.util.List;
import java.util.Optional;

/** Operators, without those that others have only mentioned. */
final class OperatorKind extends AbstractKind {
    OperatorKind() {
        super(
                "operator",
                "operators/*",
                Phase.DEFINITION,
                Undeclared.STRICT_DRIFT,
                "operator",
                List.of(
                        Aspect.text("function"),
                        Aspect.text("leftarg"),
                        Aspect.text("rightarg"),
                        Aspect.text("commutator"),
                        Aspect.text("negator"),
                        Aspect.text("restrict"),
                        Aspect.text("join"),
                        Aspect.flag("hashes"),
                        Aspect.flag("merges")));
    }

    @Override
    public Sign sign() {
        return Sign.inSchema("pg_operator");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['operators', pg_catalog.format('%%s (%%s, %%s)', o.oprname, COALESCE(%s, 'NONE'),
                         COALESCE(%s, 'NONE'))] AS path,
                   %s AS function, %s AS leftarg, %s AS rightarg, %s AS commutator, %s AS negator,
                   %s AS restrict, %s AS join, o.oprcanhash::text AS hashes, o.oprcanmerge::text AS merges
              FROM pg_catalog.pg_operator o
             WHERE o.oprnamespace = :schema AND o.oprcode <> 0 AND """
                        .formatted(
                                CatalogSql.type("o.oprleft"),
                                CatalogSql.type("o.oprright"),
                                CatalogSql.function("o.oprcode"),
                                CatalogSql.type("o.oprleft"),
                                CatalogSql.type("o.oprright"),
                                CatalogSql.operator("o.oprcom"),
                                CatalogSql.operator("o.oprnegate"),
                                CatalogSql.function("o.oprrest"),
                                CatalogSql.function("o.oprjoin"))
                + " " + CatalogSql.ours("o", "pg_operator");
    }

    @Override
    public List<String> create(SchemaObject operator) {
        String name = operator.name().substring(0, operator.name().indexOf(' '));
        return List.of("CREATE OPERATOR " + name + " " + SettingsSql.definition(aspects(), operator));
    }

    @Override
    public List<String> drop(SchemaObject operator) {
        return List.of("DROP OPERATOR " + operator.name());
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        if (!SettingsSql.onlyDiffers(aspects(), before, after, "restrict", "join")) {
            return Optional.empty();
        }
        return Optional.of(List.of("ALTER OPERATOR " + after.name() + " SET (RESTRICT = " + or(after, "restrict")
                + ", JOIN = " + or(after, "join") + ")"));
    }

    private static String or(SchemaObject operator, String aspect) {
        return operator.text(aspect) == null ? "NONE" : operator.text(aspect);
    }

    @Override
    public String leftToPerson(SchemaObject before, SchemaObject after) {
        return "No statement changes it in place on every server, and operator classes, indexes and views hold on to it:"
                + " drop those, make it anew, and make them again.";
    }
}
