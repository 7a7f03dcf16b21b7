package io.schemajob.catalog.live;

import io.schemajob.catalog.kind.Sign;
import io.schemajob.catalog.live.CatalogQuery.CatalogRow;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Enforcement;
import io.schemajob.catalog.model.Extension;
import io.schemajob.catalog.model.UserType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Enums and domains (composite types are relations), and the extensions of the database. */
final class Types {
    private static final String TYPES =
            """
            SELECT t.typname, t.typtype, pg_catalog.pg_get_userbyid(t.typowner) AS owner, d.description,
                   pg_catalog.format_type(t.typbasetype, t.typtypmod) AS base, t.typnotnull,
                   pg_catalog.pg_get_expr(t.typdefaultbin, 0, true) AS default_value,
                   CASE WHEN t.typcollation <> b.typcollation THEN \
            """
                    + CatalogQuery.collation("col", "t.typnamespace")
                    + """
             END AS collation,
                   ARRAY(SELECT v.enumlabel::text FROM pg_catalog.pg_enum v
                          WHERE v.enumtypid = t.oid ORDER BY v.enumsortorder) AS labels,
                   ARRAY(SELECT k.conname::text FROM pg_catalog.pg_constraint k
                          WHERE k.contypid = t.oid AND k.contype = 'c' ORDER BY k.conname) AS checks,
                   ARRAY(SELECT pg_catalog.pg_get_expr(k.conbin, 0, true) FROM pg_catalog.pg_constraint k
                          WHERE k.contypid = t.oid AND k.contype = 'c' ORDER BY k.conname) AS expressions,
                   ARRAY(SELECT k.convalidated::text FROM pg_catalog.pg_constraint k
                          WHERE k.contypid = t.oid AND k.contype = 'c' ORDER BY k.conname) AS validated
              FROM pg_catalog.pg_type t
              LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
              LEFT JOIN pg_catalog.pg_collation col ON col.oid = t.typcollation
              LEFT JOIN pg_catalog.pg_description d
                     ON d.objoid = t.oid AND d.objoid >= 16384 AND d.classoid = 'pg_catalog.pg_type'::regclass AND d.objsubid = 0
             WHERE t.typnamespace = :schema AND t.typtype IN ('e', 'd')
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                                WHERE e.objid = t.oid AND e.classid = 'pg_catalog.pg_type'::regclass
                                  AND e.deptype = 'e')
            """;

    private static final String EXTENSIONS =
            "SELECT e.extname, e.extversion, CASE WHEN e.extnamespace IS DISTINCT FROM :schema AND n.nspname <> 'public' THEN n.nspname END AS schema"
                    + " FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace"
                    + " WHERE e.extname <> 'plpgsql'";

    private Types() {}

    static Sign sign() {
        return Sign.type("t.typtype IN ('e', 'd')");
    }

    static Sign signOfExtensions() {
        return Sign.database("EXISTS (SELECT FROM pg_catalog.pg_extension x WHERE x.extname <> 'plpgsql')");
    }

    static void read(CatalogQuery query, Outline outline, Assembly assembly) {
        query.later(TYPES, row -> {
            UserType type = row.letter("typtype") == 'e' ? enumeration(row) : domain(row);
            assembly.types.put(type.name(), type);
        });
    }

    static void readExtensions(CatalogQuery query, Outline outline, Assembly assembly) {
        query.later(
                EXTENSIONS,
                row -> assembly.extensions.put(
                        row.text("extname"),
                        new Extension(row.text("extname"), row.text("extversion"), row.text("schema"))));
    }

    private static UserType enumeration(CatalogRow row) throws SQLException {
        return new UserType.Enumeration(
                row.text("typname"), row.texts("labels"), row.text("owner"), row.text("description"));
    }

    private static UserType domain(CatalogRow row) throws SQLException {
        List<String> names = row.texts("checks");
        List<String> expressions = row.texts("expressions");
        List<String> validated = row.texts("validated");
        List<Check> checks = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            checks.add(new Check(
                    names.get(i),
                    expressions.get(i),
                    false,
                    Enforcement.of(validated.get(i).equals("true"), true)));
        }
        return new UserType.Domain(
                row.text("typname"),
                row.text("base"),
                !row.flag("typnotnull"),
                row.text("default_value"),
                row.text("collation"),
                checks,
                row.text("owner"),
                row.text("description"));
    }
}
