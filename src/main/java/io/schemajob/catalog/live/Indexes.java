package io.schemajob.catalog.live;

import io.schemajob.catalog.kind.CatalogSql;
import io.schemajob.catalog.kind.Sign;
import io.schemajob.catalog.live.Assembly.Relation;
import io.schemajob.catalog.live.CatalogQuery.CatalogRow;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.IndexKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The indexes of tables and materialized views, with those behind constraints kept apart. What a partition has of an index of
 * its parent is told with that, unless it is behind a key of the partition's own, or the parent's is incomplete: then each part
 * is one that somebody has attached.
 */
final class Indexes {
    private static final int DESCENDING = 1;
    private static final int NULLS_FIRST = 2;
    private static final long DEFAULT_COLLATION = 100;

    /** One that is on no search path is found by its schema alone, as that of an extension which has a schema of its own. */
    private static final String OPCLASS =
            """
            CASE WHEN o.oid < 16384 OR pg_catalog.pg_opclass_is_visible(o.oid) THEN o.opcname::text
                 ELSE pg_catalog.format('%s."%s"', o.opcnamespace::regnamespace, o.opcname) END""";

    /** Operator classes that are not their type's default: few, looked up often. */
    private static final String OPCLASSES =
            "SELECT o.oid, " + OPCLASS + " AS name FROM pg_catalog.pg_opclass o WHERE NOT o.opcdefault";

    /** The type of a key. */
    private static final String TYPE =
            """
            COALESCE((SELECT ka.atttypid FROM pg_catalog.pg_attribute ka
                       WHERE ka.attrelid = i.indrelid AND ka.attnum = i.indkey[a.attnum - 1]), a.atttypid)""";

    /**
     * Keys whose operator class has parameters or is not the default of the key's type any more: PostgreSQL wants such a class by
     * its name.
     */
    private static final String PARAMETERS = "SELECT a.attrelid AS oid, " + OPCLASS
            + """
             AS name, a.attnum AS key, a.attoptions AS parameters
              FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class ic ON ic.oid = a.attrelid
              JOIN pg_catalog.pg_index i ON i.indexrelid = ic.oid
              JOIN pg_catalog.pg_opclass o ON o.oid = i.indclass[a.attnum - 1]
             WHERE (a.attoptions IS NOT NULL OR o.opcdefault AND \
            """
            + CatalogSql.isChosenOpclass(TYPE)
            + """
            ) AND ic.relnamespace = :schema AND ic.relkind IN ('i', 'I')
            """;

    private static final Sign SIGN_OF_PARAMETERS =
            Sign.indexColumn("a.attoptions IS NOT NULL").or(Sign.database(CatalogSql.any("pg_opclass")));

    private static final String COLLATIONS = "SELECT oid, " + CatalogQuery.collation("col", ":schema")
            + """
             AS name
              FROM pg_catalog.pg_collation col
             WHERE oid IN (SELECT pg_catalog.unnest(i.indcollation::oid[])
                             FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
                            WHERE c.relnamespace = :schema)
            """;

    private static final Sign SIGN_OF_COLLATIONS =
            Sign.indexColumn("a.attcollation NOT IN (0, " + DEFAULT_COLLATION + ")");

    private record Place(long index, long key) {}

    private record OperatorClass(String name, Map<String, String> parameters) {}

    private final Map<Place, OperatorClass> withParameters = new HashMap<>();
    private final Map<Long, String> opclasses = new HashMap<>();
    private final Map<Long, String> collations = new HashMap<>();

    private Indexes() {}

    private static String indexes(CatalogQuery query) {
        return """
            SELECT i.indexrelid, i.indrelid, ic.relname, m.amname, i.indisunique,
                   i.indisvalid AND i.indisready AS valid, i.indkey::text, i.indclass::text, i.indcollation::text,
                   i.indoption::text, i.indnkeyatts, ic.reloptions, %s AS nulls_not_distinct,
                   k.oid IS NOT NULL AS constraint_index,
                   pg_catalog.pg_get_expr(i.indpred, i.indrelid, true) AS predicate,
                   CASE WHEN i.indexprs IS NOT NULL THEN
                        ARRAY(SELECT pg_catalog.pg_get_indexdef(i.indexrelid, n, true)
                                FROM pg_catalog.generate_series(1, i.indnkeyatts) n) END AS expressions
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indislive
              JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
              JOIN pg_catalog.pg_am m ON m.oid = ic.relam
              LEFT JOIN pg_catalog.pg_constraint k
                     ON k.conindid = i.indexrelid AND k.conrelid = c.oid AND k.contype IN ('p', 'u', 'x')
             WHERE c.relnamespace = :schema AND c.relkind IN ('r', 'p', 'm')
               AND (NOT ic.relispartition OR k.conparentid = 0
                    OR EXISTS (SELECT FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_index p ON p.indexrelid = h.inhparent
                                WHERE h.inhrelid = ic.oid AND NOT p.indisvalid))
            """
                .formatted(query.since(15, "i.indnullsnotdistinct", "false"));
    }

    static Sign sign() {
        return Sign.relation("c.relkind IN ('i', 'I')");
    }

    static List<Sign> signsOfKeys() {
        return List.of(SIGN_OF_PARAMETERS, SIGN_OF_COLLATIONS);
    }

    static void read(CatalogQuery query, Outline outline, Assembly assembly) {
        Indexes indexes = new Indexes();
        query.later(OPCLASSES, row -> indexes.opclasses.put(row.number("oid"), row.text("name")));
        if (outline.shows(SIGN_OF_PARAMETERS)) {
            query.later(PARAMETERS, indexes::parameters);
        }
        if (outline.shows(SIGN_OF_COLLATIONS)) {
            query.later(COLLATIONS, row -> indexes.collations.put(row.number("oid"), row.text("name")));
        }
        query.later(indexes(query), row -> {
            Relation relation = assembly.relations.get(row.number("indrelid"));
            if (relation != null) {
                Index index = indexes.index(row, relation);
                if (row.flag("constraint_index")) {
                    assembly.constraintIndexes.put(row.number("indexrelid"), index);
                } else {
                    relation.table().indexes.add(index);
                }
            }
        });
    }

    private void parameters(CatalogRow row) throws SQLException {
        withParameters.put(
                new Place(row.number("oid"), row.number("key")),
                new OperatorClass(row.text("name"), Relations.options(row.texts("parameters"))));
    }

    private Index index(CatalogRow row, Relation relation) throws SQLException {
        List<Long> columns = row.numbers("indkey");
        int keyCount = row.integer("indnkeyatts");
        return new Index(
                row.text("relname"),
                row.flag("indisunique"),
                row.text("amname"),
                keys(row, relation, columns.subList(0, keyCount)),
                relation.columns(columns.subList(keyCount, columns.size())),
                row.text("predicate"),
                row.flag("nulls_not_distinct"),
                Relations.options(row.texts("reloptions")),
                row.flag("valid"));
    }

    private List<IndexKey> keys(CatalogRow row, Relation relation, List<Long> columns) throws SQLException {
        List<String> expressions = row.texts("expressions");
        List<Long> classes = row.numbers("indclass");
        List<Long> collationOids = row.numbers("indcollation");
        List<Long> options = row.numbers("indoption");
        List<IndexKey> keys = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            long column = columns.get(i);
            long usual = column == 0 ? DEFAULT_COLLATION : relation.numbers().collation(column);
            long collation = collationOids.get(i);
            OperatorClass opclass = withParameters.getOrDefault(
                    new Place(row.number("indexrelid"), i + 1),
                    new OperatorClass(opclasses.get(classes.get(i)), Map.of()));
            keys.add(new IndexKey(
                    column == 0 ? null : relation.numbers().name(column),
                    column == 0 ? expressions.get(i) : null,
                    collation == 0 || collation == usual ? null : collations.get(collation),
                    opclass.name(),
                    opclass.parameters(),
                    (options.get(i) & DESCENDING) != 0,
                    (options.get(i) & NULLS_FIRST) != 0));
        }
        return keys;
    }
}
