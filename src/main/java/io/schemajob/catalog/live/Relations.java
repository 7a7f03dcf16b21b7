package io.schemajob.catalog.live;

import io.schemajob.catalog.kind.Sign;
import io.schemajob.catalog.live.Assembly.Relation;
import io.schemajob.catalog.live.CatalogQuery.CatalogRow;
import io.schemajob.catalog.model.Partition;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.TableBuilder;
import io.schemajob.database.query.OwnTables;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tables, views, composite types, and what {@code pg_class} knows of sequences. */
final class Relations {
    /** What initdb made, with its 5,000 comments, has smaller OIDs than 16384 (FirstNormalObjectId). */
    private static final String RELATIONS =
            """
            SELECT c.oid, c.relname, c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity,
                   c.reloptions, pg_catalog.pg_get_userbyid(c.relowner) AS owner, d.description,
                   CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS partition_by,
                   CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid, true) END AS bound,
                   CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid, true) END AS definition
              FROM pg_catalog.pg_class c
              LEFT JOIN pg_catalog.pg_description d
                     ON d.objoid = CASE WHEN c.relkind = 'c' THEN c.reltype ELSE c.oid END AND d.objoid >= 16384 AND d.objsubid = 0
                    AND d.classoid = CASE WHEN c.relkind = 'c' THEN 'pg_catalog.pg_type'::regclass
                                          ELSE 'pg_catalog.pg_class'::regclass END
             WHERE c.relnamespace = :schema
               AND c.relkind IN ('r', 'p', 'v', 'm', 'c', 'S')
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                                WHERE e.objid = c.oid AND e.classid = 'pg_catalog.pg_class'::regclass
                                  AND e.deptype = 'e')
            """;

    private static final String PARENTS =
            """
            SELECT i.inhrelid, i.inhdetachpending AS pending, p.oid, CASE WHEN p.relnamespace = c.relnamespace THEN p.relname
                        ELSE pg_catalog.format('%s.%s', pn.nspname, p.relname) END AS parent
              FROM pg_catalog.pg_inherits i
              JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relkind IN ('r', 'p')
              JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
              JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
             WHERE c.relnamespace = :schema
             ORDER BY i.inhrelid, i.inhseqno
            """;

    private Relations() {}

    static Sign sign() {
        return Sign.relation("c.relkind IN ('r', 'p', 'v', 'm', 'c', 'S')");
    }

    static Sign signOfParents() {
        return Sign.filled("pg_inherits");
    }

    static void read(CatalogQuery query, Outline outline, Assembly assembly) {
        query.later(RELATIONS, row -> {
            String name = row.text("relname");
            char kind = row.letter("relkind");
            boolean view = kind == 'v' || kind == 'm';
            // A view that somebody drops at this moment has no definition any more.
            if (name.equals(assembly.historyTable) || OwnTables.holds(name) || view && row.text("definition") == null) {
                return;
            }
            if (kind == 'S') {
                Sequence head = new Sequence(
                        name, null, 0, 0, 0, 0, 0, false, null, row.text("owner"), row.text("description"));
                assembly.sequenceHeads.put(row.number("oid"), head);
            } else {
                assembly.relations.put(row.number("oid"), relation(row, name));
            }
        });
    }

    private static Relation relation(CatalogRow row, String name) throws SQLException {
        TableBuilder table = new TableBuilder(name);
        table.owner = row.shared("owner");
        table.comment = row.text("description");
        table.unlogged = row.letter("relpersistence") == 'u';
        table.rowSecurity = row.flag("relrowsecurity");
        table.forceRowSecurity = row.flag("relforcerowsecurity");
        table.partitionBy = row.text("partition_by");
        if (row.text("bound") != null) {
            table.partition = new Partition("", row.text("bound"));
        }
        String definition = row.text("definition");
        return new Relation(
                row.letter("relkind"),
                table,
                definition == null ? null : withoutSemicolon(definition),
                options(row.texts("reloptions")),
                new Assembly.ColumnNumbers());
    }

    static Map<String, String> options(List<String> settings) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            options.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return options;
    }

    private static String withoutSemicolon(String definition) {
        String text = definition.strip();
        return text.endsWith(";") ? text.substring(0, text.length() - 1).stripTrailing() : text;
    }

    static void readParents(CatalogQuery query, Outline outline, Assembly assembly) {
        query.later(PARENTS, row -> {
            Relation child = assembly.relations.get(row.number("inhrelid"));
            if (child == null) {
                return;
            }
            TableBuilder table = child.table();
            if (table.partition != null) {
                // Half of DETACH PARTITION CONCURRENTLY: no query of the parent sees its rows any more.
                String pending = row.flag("pending") ? " DETACH PENDING" : "";
                table.partition = new Partition(row.text("parent"), table.partition.bound() + pending);
            } else {
                table.inherits.add(row.text("parent"));
            }
        });
    }
}
