package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlNames;
import java.util.ArrayList;
import java.util.List;

/** Operator classes; their families are objects of their own. */
final class OperatorClassKind extends AbstractKind {
    OperatorClassKind() {
        super(
                "operator class",
                "operator_classes/*",
                Phase.DEFINITION,
                Undeclared.STRICT_DRIFT,
                "operator class",
                List.of(
                        Aspect.text("type"),
                        Aspect.flag("default"),
                        Aspect.text("family"),
                        Aspect.text("storage"),
                        Aspect.list("members")));
    }

    @Override
    public Sign sign() {
        return Sign.inSchema("pg_opclass");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['operator_classes', pg_catalog.format('%%I USING %%s', c.opcname, m.amname)] AS path,
                   %s AS type, c.opcdefault::text AS default,
                   (SELECT CASE WHEN pg_catalog.pg_opfamily_is_visible(s.oid) THEN pg_catalog.quote_ident(s.opfname)
                                ELSE pg_catalog.format('%%s.%%I', s.opfnamespace::regnamespace, s.opfname) END
                      FROM pg_catalog.pg_opfamily s WHERE s.oid = c.opcfamily) AS family,
                   %s AS storage, %s AS members
              FROM pg_catalog.pg_opclass c JOIN pg_catalog.pg_am m ON m.oid = c.opcmethod
             WHERE c.opcnamespace = :schema AND """
                        .formatted(
                                CatalogSql.type("c.opcintype"),
                                CatalogSql.type("c.opckeytype"),
                                OperatorMembers.query("pg_opclass", "c.oid", "c.opcfamily", ""))
                + " " + CatalogSql.ours("c", "pg_opclass");
    }

    @Override
    public List<String> create(SchemaObject type) {
        int using = type.name().lastIndexOf(" USING ");
        List<String> members = new ArrayList<>(type.list("members"));
        if (type.text("storage") != null) {
            members.add("STORAGE " + type.text("storage"));
        }
        return List.of("CREATE OPERATOR CLASS " + type.name().substring(0, using)
                + (type.flag("default") ? " DEFAULT" : "") + " FOR TYPE " + type.text("type")
                + type.name().substring(using) + (type.text("family") == null ? "" : " FAMILY " + type.text("family"))
                + " AS " + (members.isEmpty() ? "STORAGE " + type.text("type") : String.join(", ", members)));
    }

    /**
     * Its own name, by which indexes, partition keys and range types know it. Of a family and type there is one, under whatever
     * name: it goes before another comes.
     */
    @Override
    public List<String> names(SchemaObject type) {
        int using = type.name().lastIndexOf(" USING ");
        String family = type.text("family") == null ? type.name().substring(0, using) : type.text("family");
        return List.of(
                SqlNames.unquoted(type.name().substring(0, using)),
                "class of " + family + type.name().substring(using) + " for " + type.text("type"));
    }

    /** Without one it makes its own. */
    @Override
    public String putInto(SchemaObject type) {
        String using = type.name().substring(type.name().lastIndexOf(" USING "));
        return type.text("family") == null ? null : "operator family " + type.text("family") + using;
    }

    @Override
    public List<String> drop(SchemaObject type) {
        return List.of("DROP OPERATOR CLASS " + type.name());
    }
}
