package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
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
    public String present() {
        return CatalogSql.any("pg_opfamily");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['operator_families', pg_catalog.format('%%I USING %%s', f.opfname, m.amname)] AS path,
                   %s AS members
              FROM pg_catalog.pg_opfamily f JOIN pg_catalog.pg_am m ON m.oid = f.opfmethod
             WHERE f.opfnamespace = :schema AND """
                        .formatted(members("pg_opfamily", "f.oid", "f.oid", "NOT"))
                + " " + CatalogSql.ours("f", "pg_opfamily");
    }

    /** Operators and functions of a family that do, or do not, depend on a class. */
    static String members(String catalog, String owner, String family, String not) {
        boolean loose = !not.isEmpty();
        String depends =
                """
                %s EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = x.oid AND d.deptype = 'i'
                       AND d.classid = '%%s'::regclass AND d.refclassid = 'pg_catalog.pg_opclass'::regclass %s)
                """
                        .formatted(not, loose ? "" : "AND d.refobjid = " + owner);
        return """
            ARRAY(SELECT pg_catalog.format('OPERATOR %%s %%s%%s', x.amopstrategy, x.amopopr::regoperator,
                         CASE WHEN x.amopsortfamily <> 0 THEN ' FOR ORDER BY ' || (
                              SELECT CASE WHEN pg_catalog.pg_opfamily_is_visible(s.oid) THEN pg_catalog.quote_ident(s.opfname)
                                          ELSE pg_catalog.format('%%s.%%I', s.opfnamespace::regnamespace, s.opfname) END
                                FROM pg_catalog.pg_opfamily s WHERE s.oid = x.amopsortfamily) ELSE '' END)
                    FROM pg_catalog.pg_amop x WHERE x.amopfamily = %s AND %s
                   ORDER BY x.amopstrategy, 1)
            || ARRAY(SELECT pg_catalog.format('FUNCTION %%s (%%s, %%s) %%s', x.amprocnum,
                            pg_catalog.format_type(x.amproclefttype, NULL), pg_catalog.format_type(x.amprocrighttype, NULL),
                            x.amproc::regprocedure)
                       FROM pg_catalog.pg_amproc x WHERE x.amprocfamily = %s AND %s
                      ORDER BY x.amprocnum, 1)
            """
                .formatted(
                        family,
                        depends.formatted("pg_catalog.pg_amop"),
                        family,
                        depends.formatted("pg_catalog.pg_amproc"));
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
