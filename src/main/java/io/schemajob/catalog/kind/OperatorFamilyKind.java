package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operator families, with the members that belong to no class of them. */
final class OperatorFamilyKind extends AbstractKind {
    OperatorFamilyKind() {
        super(
                "operator family",
                "operator_families/*",
                Phase.DEFINITION,
                Undeclared.STRICT_DRIFT,
                "operator family",
                List.of(Aspect.list("members")));
    }

    @Override
    public Sign sign() {
        return Sign.inSchema("pg_opfamily");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['operator_families', pg_catalog.format('%%I USING %%s', f.opfname, m.amname)] AS path,
                   %s AS members
              FROM pg_catalog.pg_opfamily f JOIN pg_catalog.pg_am m ON m.oid = f.opfmethod
             WHERE f.opfnamespace = :schema AND """
                        .formatted(OperatorMembers.query("pg_opfamily", "f.oid", "f.oid", "NOT"))
                + " " + CatalogSql.ours("f", "pg_opfamily");
    }

    /** That of the class which it is usually made for, too. */
    @Override
    public List<String> names(SchemaObject family) {
        return List.of(
                SqlNames.unquoted(family.name().substring(0, family.name().lastIndexOf(" USING "))));
    }

    @Override
    public List<String> create(SchemaObject family) {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE OPERATOR FAMILY " + family.name());
        if (!family.list("members").isEmpty()) {
            statements.add(
                    "ALTER OPERATOR FAMILY " + family.name() + " ADD " + String.join(", ", family.list("members")));
        }
        return statements;
    }

    @Override
    public List<String> drop(SchemaObject family) {
        return List.of("DROP OPERATOR FAMILY " + family.name());
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        List<String> more = new ArrayList<>(after.list("members"));
        more.removeAll(before.list("members"));
        List<String> fewer = new ArrayList<>(before.list("members"));
        fewer.removeAll(after.list("members"));
        List<String> statements = new ArrayList<>();
        if (!fewer.isEmpty()) {
            statements.add("ALTER OPERATOR FAMILY " + after.name() + " DROP "
                    + String.join(
                            ", ",
                            fewer.stream().map(OperatorFamilyKind::dropped).toList()));
        }
        if (!more.isEmpty()) {
            statements.add("ALTER OPERATOR FAMILY " + after.name() + " ADD " + String.join(", ", more));
        }
        return Optional.of(statements);
    }

    /** {@code OPERATOR 1 <(a,b)} goes by its number and types. */
    private static String dropped(String member) {
        String[] words = member.split(" ", 3);
        String types = words[0].equals("FUNCTION")
                ? words[2].substring(0, words[2].indexOf(')') + 1)
                : words[2].substring(words[2].indexOf('('), words[2].indexOf(')') + 1);
        return words[0] + " " + words[1] + " " + types;
    }
}
