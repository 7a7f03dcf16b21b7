package io.schemajob.catalog.live;

import io.schemajob.catalog.kind.Sign;
import io.schemajob.catalog.kind.Sign.Condition;
import io.schemajob.catalog.kind.Sign.Source;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which signs a schema shows: read by one statement before all others, so that what the schema does not have costs none. */
final class Outline {
    private final List<Condition> conditions;
    private final Set<Condition> shown = new HashSet<>();

    private Outline(List<Condition> conditions) {
        this.conditions = conditions;
    }

    /** Those on columns come with {@link Columns}: until then no schema shows them. */
    static Outline read(CatalogQuery query, Collection<Sign> signs) throws SQLException {
        Outline outline = new Outline(signs.stream()
                .flatMap(sign -> sign.conditions().stream())
                .filter(condition -> condition.since() <= query.major())
                .distinct()
                .toList());
        List<Condition> asked = outline.conditions.stream()
                .filter(condition -> condition.source() != Source.COLUMN)
                .toList();
        query.forEach(outline.statement(asked), row -> {
            for (int i = 0; i < asked.size(); i++) {
                outline.add(asked.get(i), row.flag("s" + i));
            }
        });
        return outline;
    }

    boolean shows(Sign sign) {
        return sign.shown(shown::contains);
    }

    /** The conditions of this source, in an order that stays. */
    List<Condition> of(Source source) {
        return conditions.stream()
                .filter(condition -> condition.source() == source)
                .toList();
    }

    void add(Condition condition, boolean isTrue) {
        if (isTrue) {
            shown.add(condition);
        }
    }

    /** NULL is false. */
    private String statement(List<Condition> asked) {
        StringBuilder results = new StringBuilder();
        for (int i = 0; i < asked.size(); i++) {
            Condition condition = asked.get(i);
            String result =
                    switch (condition.source()) {
                        case RELATION -> "r." + label(condition);
                        case INDEX_COLUMN -> "k." + label(condition);
                        case DEPENDENT -> "n." + label(condition);
                        default -> condition.sql();
                    };
            results.append(i == 0 ? "" : ",\n").append(result).append(" AS s").append(i);
        }
        return """
            SELECT %s
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
        return of(source).stream()
                .map(condition -> ",\n       pg_catalog.bool_or(" + condition.sql() + ") AS " + label(condition))
                .collect(Collectors.joining("", "pg_catalog.count(*)", ""));
    }

    private String label(Condition condition) {
        return "x" + conditions.indexOf(condition);
    }
}
