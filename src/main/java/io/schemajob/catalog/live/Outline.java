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
        query.forEach(outline.statement(asked), row -> outline.take(row, asked));
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

    private String statement(List<Condition> asked) {
        String results = flags(asked, condition -> switch (condition.source()) {
            case RELATION -> "r." + label(condition);
            case INDEX_COLUMN -> "k." + label(condition);
            case DEPENDENT -> "n." + label(condition);
            default -> condition.sql();
        });
        return """
            SELECT 1%s
              FROM (SELECT %s FROM pg_catalog.pg_class c WHERE c.relnamespace = :schema) r
             CROSS JOIN (SELECT %s
                      FROM pg_catalog.pg_class c
                      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
                     WHERE c.relnamespace = :schema AND c.relkind IN ('i', 'I')) k
             CROSS JOIN (SELECT %s FROM pg_catalog.pg_depend d
                     WHERE d.refclassid = 'pg_catalog.pg_namespace'::regclass AND d.refobjid = :schema) n
            """
                .formatted(
                        results,
                        aggregates(Source.RELATION),
                        aggregates(Source.INDEX_COLUMN),
                        aggregates(Source.DEPENDENT));
    }

    private String aggregates(Source source) {
        return "pg_catalog.count(*)" + flags(of(source), condition -> "pg_catalog.bool_or(" + condition.sql() + ")");
    }

    private String label(Condition condition) {
        return labels.get(condition);
    }
}
