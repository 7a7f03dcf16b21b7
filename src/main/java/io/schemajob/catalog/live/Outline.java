package io.schemajob.catalog.live;

import io.schemajob.catalog.kind.Sign;
import io.schemajob.catalog.kind.Sign.Condition;
import io.schemajob.catalog.kind.Sign.Source;
import io.schemajob.catalog.live.CatalogQuery.CatalogRow;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which signs a schema shows: read by one statement before all others, so that what the schema does not have costs none. */
final class Outline {
    /** Of {@code pg_class}, in bytes: some 2,500 relations. To read less of it takes less time than to say which part. */
    private static final long LARGE = 512 * 1024;

    /** What a flag of a row is called, by its condition; in an order that stays. */
    private final Map<Condition, String> labels = new LinkedHashMap<>();

    private final Set<Condition> shown = new HashSet<>();

    private Outline(List<Condition> conditions) {
        conditions.forEach(condition -> labels.putIfAbsent(condition, "x" + labels.size()));
    }

    /** Those on columns come with {@link Columns}: until then no schema shows them. */
    static Outline read(CatalogQuery query, Collection<Sign> signs) throws SQLException {
        Outline outline = new Outline(signs.stream()
                .flatMap(sign -> sign.conditions().stream())
                .filter(condition -> condition.since() <= query.major())
                .toList());
        List<Condition> asked = outline.labels.keySet().stream()
                .filter(condition -> condition.source() != Source.COLUMN)
                .toList();
        query.forEach(outline.statement(asked), row -> {
            outline.take(row, asked);
            if (row.number("size") > LARGE) {
                query.narrow(row.text("relations"), row.text("routines"), row.text("types"));
            }
        });
        return outline;
    }

    boolean shows(Sign sign) {
        return sign.shown(shown::contains);
    }

    List<Condition> of(Source source) {
        return labels.keySet().stream()
                .filter(condition -> condition.source() == source)
                .toList();
    }

    /** A flag for each condition, behind what stands in the list of a SELECT. */
    String flags(List<Condition> conditions, Function<Condition, String> sql) {
        return conditions.stream()
                .map(condition -> ",\n" + sql.apply(condition) + " AS " + label(condition))
                .collect(Collectors.joining());
    }

    /** Learns from a row with {@link #flags} which conditions are true; NULL is false. */
    void take(CatalogRow row, List<Condition> conditions) throws SQLException {
        for (Condition condition : conditions) {
            if (row.flag(label(condition))) {
                shown.add(condition);
            }
        }
    }

    /**
     * {@code pg_class} has no index on the schema, and with a schema for each of a thousand tenants a look at all of it costs
     * more than all else. So the relations are found by what depends on the schema: tables, views and sequences do, composite
     * types by way of their rows in {@code pg_type}, and indexes have their tables' schemas (PostgreSQL's {@code
     * heap_create_with_catalog}).
     */
    private String statement(List<Condition> asked) {
        String results = flags(asked, condition -> switch (condition.source()) {
            case RELATION -> "r." + label(condition);
            case ROUTINE -> "p." + label(condition);
            case TYPE -> "t." + label(condition);
            case INDEX -> "i." + label(condition);
            case INDEX_COLUMN -> "k." + label(condition);
            case DEPENDENT -> "n." + label(condition);
            default -> condition.sql();
        });
        return """
            SELECT t.relations || i.indexes AS relations, n.routines, n.types,
                   pg_catalog.pg_relation_size('pg_catalog.pg_class'::regclass) AS size%s
              FROM (SELECT pg_catalog.array_agg(d.objid) FILTER (WHERE d.classid = 'pg_catalog.pg_class'::regclass) AS tables,
                           pg_catalog.array_agg(d.objid) FILTER (WHERE d.classid = 'pg_catalog.pg_proc'::regclass) AS routines,
                           pg_catalog.array_agg(d.objid) FILTER (WHERE d.classid = 'pg_catalog.pg_type'::regclass) AS types%s
                      FROM pg_catalog.pg_depend d
                     WHERE d.refclassid = 'pg_catalog.pg_namespace'::regclass AND d.refobjid = :schema) n
             CROSS JOIN LATERAL (SELECT n.tables || pg_catalog.array_agg(t.typrelid) FILTER (WHERE t.typrelid <> 0) AS relations%s
                      FROM pg_catalog.pg_type t WHERE t.oid = ANY (n.types)) t
             CROSS JOIN LATERAL (SELECT pg_catalog.array_agg(x.indexrelid) AS indexes%s FROM pg_catalog.pg_index x
                     WHERE x.indrelid = ANY (t.relations)) i
             CROSS JOIN LATERAL (SELECT %s FROM pg_catalog.pg_class c WHERE c.oid = ANY (t.relations || i.indexes)) r
             CROSS JOIN LATERAL (SELECT %s FROM pg_catalog.pg_attribute a WHERE a.attrelid = ANY (i.indexes)) k
             CROSS JOIN LATERAL (SELECT %s FROM pg_catalog.pg_proc p WHERE p.oid = ANY (n.routines)) p
            """
                .formatted(
                        results,
                        flags(of(Source.DEPENDENT), Outline::any),
                        flags(of(Source.TYPE), Outline::any),
                        flags(of(Source.INDEX), Outline::any),
                        aggregates(Source.RELATION),
                        aggregates(Source.INDEX_COLUMN),
                        aggregates(Source.ROUTINE));
    }

    private String aggregates(Source source) {
        return "pg_catalog.count(*)" + flags(of(source), Outline::any);
    }

    private static String any(Condition condition) {
        return "pg_catalog.bool_or(" + condition.sql() + ")";
    }

    private String label(Condition condition) {
        return labels.get(condition);
    }
}
