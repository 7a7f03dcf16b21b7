package io.schemajob.catalog.live;

import io.schemajob.catalog.kind.Sign;
import io.schemajob.catalog.kind.Sign.Condition;
import io.schemajob.catalog.kind.Sign.Source;
import io.schemajob.catalog.live.Assembly.Relation;
import io.schemajob.catalog.live.CatalogQuery.CatalogRow;
import io.schemajob.catalog.model.Column;
import java.sql.SQLException;
import java.util.List;

/**
 * The columns of tables, views and composite types.
 *
 * <p>A default names no columns, so it is printed without its relation: that takes half the time, as PostgreSQL need not
 * look at all columns of the table for each of them.
 */
final class Columns {
    /** What few columns have is looked up for these; each join more costs every run a part of its planning. */
    private static final String COLUMNS =
            """
            SELECT a.attrelid, a.attnum, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
                   a.attnotnull, a.attidentity, a.attgenerated, a.attcollation,
                   CASE WHEN a.attcollation <> t.typcollation THEN (SELECT \
            """
                    + CatalogQuery.collation("col", "c.relnamespace")
                    + """
                     FROM pg_catalog.pg_collation col WHERE col.oid = a.attcollation) END AS collation,
                   CASE WHEN a.atthasdef THEN (
                       SELECT pg_catalog.pg_get_expr(d.adbin, CASE WHEN a.attgenerated = '' THEN 0 ELSE d.adrelid END, true)
                         FROM pg_catalog.pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum) END AS expression,
                   m.description:shown
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
              LEFT JOIN pg_catalog.pg_description m
                     ON m.objoid = c.oid AND m.objoid >= 16384 AND m.classoid = 'pg_catalog.pg_class'::regclass AND m.objsubid = a.attnum
             WHERE c.relnamespace = :schema AND c.relkind IN ('r', 'p', 'v', 'm', 'c')
             ORDER BY a.attrelid, a.attnum
            """;

    private Columns() {}

    static Sign sign() {
        return Sign.relation("c.relkind IN ('r', 'p', 'v', 'm', 'c')");
    }

    /** Each column says what it shows of the kinds of objects that are settings of columns. */
    static void read(CatalogQuery query, Outline outline, Assembly assembly) {
        List<Condition> conditions = outline.of(Source.COLUMN);
        query.later(COLUMNS.replace(":shown", outline.flags(conditions, Condition::sql)), row -> {
            outline.take(row, conditions);
            Relation relation = assembly.relations.get(row.number("attrelid"));
            if (relation != null) {
                Column column = column(row);
                relation.numbers().add(row.integer("attnum"), column.name(), row.number("attcollation"));
                relation.table().columns.add(column);
            }
        });
    }

    private static Column column(CatalogRow row) throws SQLException {
        char generated = row.letter("attgenerated");
        boolean computed = generated == 's' || generated == 'v';
        String expression = row.shared("expression");
        return new Column(
                row.shared("attname"),
                row.shared("type"),
                !row.flag("attnotnull"),
                computed ? null : expression,
                switch (row.letter("attidentity")) {
                    case 'a' -> Column.Identity.ALWAYS;
                    case 'd' -> Column.Identity.BY_DEFAULT;
                    default -> null;
                },
                computed ? new Column.Generated(expression, generated == 's') : null,
                row.text("collation"),
                row.text("description"));
    }
}
