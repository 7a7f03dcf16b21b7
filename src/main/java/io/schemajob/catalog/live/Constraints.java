package io.schemajob.catalog.live;

import io.schemajob.catalog.live.Assembly.Relation;
import io.schemajob.catalog.live.CatalogQuery.CatalogRow;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Deferral;
import io.schemajob.catalog.model.Enforcement;
import io.schemajob.catalog.model.Exclusion;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.ReferentialAction;
import io.schemajob.catalog.model.TableBuilder;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The constraints of tables, without those that a parent table brought. */
final class Constraints {
    private Constraints() {}

    /**
     * NOT NULL is a column's property here. PostgreSQL 18 lists it as a constraint too, and can have it not validated:
     * only then does it say something new.
     */
    private static String constraints(CatalogQuery query) {
        return """
            SELECT k.conrelid, k.conname, k.contype, k.conkey::text, k.confkey::text, k.confrelid, k.conindid,
                   k.confupdtype, k.confdeltype, k.confmatchtype, k.condeferrable, k.condeferred, k.connoinherit,
                   k.convalidated AS validated, %s AS enforced, %s AS delete_columns, %s AS period,
                   CASE WHEN r.relnamespace = k.connamespace THEN r.relname
                        WHEN EXISTS (SELECT FROM pg_catalog.pg_class o WHERE o.relnamespace = k.connamespace
                                        AND o.relname = rn.nspname || '.' || r.relname)
                        THEN pg_catalog.format('"%%s"."%%s"', rn.nspname, r.relname)
                        WHEN rn.nspname || r.relname ~ '[."]' THEN pg_catalog.format('%%I.%%I', rn.nspname, r.relname)
                        ELSE pg_catalog.format('%%s.%%s', rn.nspname, r.relname) END AS referenced,
                   CASE WHEN r.relnamespace <> k.connamespace THEN
                        ARRAY(SELECT a.attname::text
                                FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY u(number, place)
                                JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number
                               ORDER BY u.place) END AS foreign_columns,
                   CASE WHEN k.contype = 'c' THEN pg_catalog.pg_get_expr(k.conbin, k.conrelid, true) END AS expression,
                   CASE WHEN k.contype = 'x' THEN pg_catalog.pg_get_constraintdef(k.oid, true) END AS definition
              FROM pg_catalog.pg_constraint k
              LEFT JOIN pg_catalog.pg_class r ON r.oid = k.confrelid
              LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
             WHERE k.connamespace = :schema AND k.conrelid <> 0 AND k.conparentid = 0
               AND (k.contype IN ('p', 'u', 'f', 'x')
                    OR k.contype = 'c' AND k.conislocal
                    OR k.contype = 'n' AND NOT k.convalidated)
            """
                .formatted(
                        query.since(18, "k.conenforced", "true"),
                        query.since(15, "k.confdelsetcols::text", "NULL"),
                        query.since(18, "k.conperiod", "false"));
    }

    static void read(CatalogQuery query, Assembly assembly, Indexes indexes) throws SQLException {
        query.forEach(constraints(query), row -> {
            Relation relation = assembly.relations.get(row.number("conrelid"));
            if (relation != null) {
                add(row, relation, assembly, indexes);
            }
        });
    }

    private static void add(CatalogRow row, Relation relation, Assembly assembly, Indexes indexes) throws SQLException {
        TableBuilder table = relation.table();
        String name = row.text("conname");
        switch (row.letter("contype")) {
            case 'p' -> table.primaryKey = key(row, relation, indexes);
            case 'u' -> table.unique.add(key(row, relation, indexes));
            case 'f' -> table.foreignKeys.add(foreignKey(row, relation, assembly));
            case 'c' ->
                table.checks.add(new Check(name, row.text("expression"), row.flag("connoinherit"), enforcement(row)));
            case 'x' -> table.exclusions.add(new Exclusion(name, row.text("definition")));
            default -> nullable(table, relation.columns(row.numbers("conkey")));
        }
    }

    private static Key key(CatalogRow row, Relation relation, Indexes indexes) throws SQLException {
        Index index = indexes.ofConstraint(row.number("conindid"));
        List<String> columns = relation.columns(row.numbers("conkey"));
        return new Key(
                row.text("conname"),
                row.flag("period") ? temporal(columns, "%s WITHOUT OVERLAPS") : columns,
                index == null ? List.of() : index.include(),
                index != null && index.nullsNotDistinct(),
                deferral(row.flag("condeferrable"), row.flag("condeferred")));
    }

    private static ForeignKey foreignKey(CatalogRow row, Relation relation, Assembly assembly) throws SQLException {
        Relation referenced = assembly.relations.get(row.number("confrelid"));
        List<String> columns = relation.columns(row.numbers("conkey"));
        List<String> references =
                referenced == null ? row.texts("foreign_columns") : referenced.columns(row.numbers("confkey"));
        boolean period = row.flag("period");
        return new ForeignKey(
                row.text("conname"),
                period ? temporal(columns, "PERIOD %s") : columns,
                row.text("referenced"),
                period ? temporal(references, "PERIOD %s") : references,
                action(row.letter("confdeltype")),
                relation.columns(row.numbers("delete_columns")),
                action(row.letter("confupdtype")),
                row.letter("confmatchtype") == 'f',
                deferral(row.flag("condeferrable"), row.flag("condeferred")),
                enforcement(row));
    }

    private static Enforcement enforcement(CatalogRow row) throws SQLException {
        return Enforcement.of(row.flag("validated"), row.flag("enforced"));
    }

    private static List<String> temporal(List<String> columns, String format) {
        List<String> copy = new ArrayList<>(columns);
        copy.set(copy.size() - 1, format.formatted(copy.get(copy.size() - 1)));
        return copy;
    }

    private static void nullable(TableBuilder table, List<String> columns) {
        table.columns.replaceAll(c -> columns.contains(c.name()) ? c.optional() : c);
    }

    static Deferral deferral(boolean deferrable, boolean deferred) {
        if (!deferrable) {
            return Deferral.NOT_DEFERRABLE;
        }
        return deferred ? Deferral.INITIALLY_DEFERRED : Deferral.INITIALLY_IMMEDIATE;
    }

    private static ReferentialAction action(char letter) {
        return switch (letter) {
            case 'r' -> ReferentialAction.RESTRICT;
            case 'c' -> ReferentialAction.CASCADE;
            case 'n' -> ReferentialAction.SET_NULL;
            case 'd' -> ReferentialAction.SET_DEFAULT;
            default -> ReferentialAction.NO_ACTION;
        };
    }
}
