package io.schemajob.catalog.live;

import io.schemajob.catalog.kind.Sign;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The constraints of tables, without those that a parent table brought; of its incomplete keys each part is attached. */
final class Constraints {
    /** The tables that foreign keys of this schema refer to: needed where one of them is not read with it. */
    private static final String REFERENCED =
            """
            SELECT k.oid,
                   CASE WHEN r.relnamespace = k.connamespace THEN r.relname
                        WHEN EXISTS (SELECT FROM pg_catalog.pg_class o WHERE o.relnamespace = k.connamespace
                                        AND o.relname = rn.nspname || '.' || r.relname)
                        THEN pg_catalog.format('"%s"."%s"', rn.nspname, r.relname)
                        WHEN rn.nspname || r.relname ~ '[."]' THEN pg_catalog.format('%I.%I', rn.nspname, r.relname)
                        ELSE pg_catalog.format('%s.%s', rn.nspname, r.relname) END AS name,
                   ARRAY(SELECT a.attname::text
                           FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY u(number, place)
                           JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number
                          ORDER BY u.place) AS columns
              FROM pg_catalog.pg_constraint k
              JOIN pg_catalog.pg_class r ON r.oid = k.confrelid
              JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
             WHERE k.connamespace = :schema AND k.conparentid = 0 AND k.contype = 'f'
            """;

    private record Referenced(String table, List<String> columns) {}

    private final CatalogQuery query;
    private final Assembly assembly;
    private final Map<Long, Referenced> elsewhere = new HashMap<>();

    private Constraints(CatalogQuery query, Assembly assembly) {
        this.query = query;
        this.assembly = assembly;
    }

    static Sign sign() {
        return Sign.relation("c.relkind IN ('r', 'p')");
    }

    /**
     * NOT NULL is a column's property here. PostgreSQL 18 lists it as a constraint too, and can have it not validated:
     * only then does it say something new.
     */
    private static String constraints(CatalogQuery query) {
        return """
            SELECT k.oid, k.conrelid, k.conname, k.contype, k.conkey::text, k.confkey::text, k.confrelid, k.conindid,
                   k.confupdtype, k.confdeltype, k.confmatchtype, k.condeferrable, k.condeferred, k.connoinherit,
                   k.convalidated AS validated, %s AS enforced, %s AS delete_columns, %s AS period,
                   CASE WHEN k.contype = 'c' THEN pg_catalog.pg_get_expr(k.conbin, k.conrelid, true) END AS expression,
                   CASE WHEN k.contype = 'x' THEN pg_catalog.pg_get_constraintdef(k.oid, true) END AS definition
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid
             WHERE c.relnamespace = :schema
               AND (k.conparentid = 0 OR k.contype IN ('p', 'u') AND EXISTS (
                    SELECT FROM pg_catalog.pg_constraint p JOIN pg_catalog.pg_index i ON i.indexrelid = p.conindid
                     WHERE p.oid = k.conparentid AND NOT i.indisvalid))
               AND (k.contype IN ('p', 'u', 'f', 'x')
                    OR k.contype = 'c' AND k.conislocal
                    OR k.contype = 'n' AND NOT k.convalidated)
            """
                .formatted(
                        query.since(18, "k.conenforced", "true"),
                        query.since(15, "k.confdelsetcols::text", "NULL"),
                        query.since(18, "k.conperiod", "false"));
    }

    static void read(CatalogQuery query, Outline outline, Assembly assembly) {
        Constraints constraints = new Constraints(query, assembly);
        query.later(constraints(query), row -> {
            Relation relation = assembly.relations.get(row.number("conrelid"));
            if (relation != null) {
                constraints.add(row, relation);
            }
        });
    }

    private void add(CatalogRow row, Relation relation) throws SQLException {
        TableBuilder table = relation.table();
        String name = row.text("conname");
        switch (row.letter("contype")) {
            case 'p' -> table.primaryKey = key(row, relation);
            case 'u' -> table.unique.add(key(row, relation));
            case 'f' -> foreignKey(row, relation).ifPresent(table.foreignKeys::add);
            case 'c' ->
                table.checks.add(new Check(name, row.text("expression"), row.flag("connoinherit"), enforcement(row)));
            case 'x' -> table.exclusions.add(new Exclusion(name, row.text("definition")));
            default -> nullable(table, relation.columns(row.numbers("conkey")));
        }
    }

    private Key key(CatalogRow row, Relation relation) throws SQLException {
        Index index = assembly.constraintIndexes.get(row.number("conindid"));
        List<String> columns = relation.columns(row.numbers("conkey"));
        return new Key(
                row.text("conname"),
                row.flag("period") ? temporal(columns, "%s WITHOUT OVERLAPS") : columns,
                index == null ? List.of() : index.include(),
                index != null && index.nullsNotDistinct(),
                deferral(row.flag("condeferrable"), row.flag("condeferred")),
                index == null || index.valid());
    }

    /** Empty where somebody dropped it between the two looks. */
    private Optional<ForeignKey> foreignKey(CatalogRow row, Relation relation) throws SQLException {
        List<String> columns = relation.columns(row.numbers("conkey"));
        Referenced referenced = referenced(row);
        if (referenced == null) {
            return Optional.empty();
        }
        boolean period = row.flag("period");
        return Optional.of(new ForeignKey(
                row.text("conname"),
                period ? temporal(columns, "PERIOD %s") : columns,
                referenced.table(),
                period ? temporal(referenced.columns(), "PERIOD %s") : referenced.columns(),
                action(row.letter("confdeltype")),
                relation.columns(row.numbers("delete_columns")),
                action(row.letter("confupdtype")),
                row.letter("confmatchtype") == 'f',
                deferral(row.flag("condeferrable"), row.flag("condeferred")),
                enforcement(row)));
    }

    private Referenced referenced(CatalogRow row) throws SQLException {
        Relation read = assembly.relations.get(row.number("confrelid"));
        if (read != null) {
            return new Referenced(read.name(), read.columns(row.numbers("confkey")));
        }
        if (elsewhere.isEmpty()) {
            query.forEach(
                    REFERENCED,
                    other -> elsewhere.put(
                            other.number("oid"), new Referenced(other.text("name"), other.texts("columns"))));
        }
        return elsewhere.get(row.number("oid"));
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
