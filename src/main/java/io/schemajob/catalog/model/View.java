package io.schemajob.catalog.model;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A view or materialized view.
 *
 * @param name as stored
 * @param materialized whether its rows are stored
 * @param definition the query, without a closing semicolon
 * @param columns in order, with name, type and comment only; empty where a declaration leaves them open
 * @param options such as {@code security_invoker}
 * @param indexes of a materialized view
 * @param triggers INSTEAD OF triggers
 * @param owner the role; null where a declaration leaves it open
 * @param comment or null
 */
public record View(
        String name,
        boolean materialized,
        String definition,
        List<Column> columns,
        Map<String, String> options,
        List<Index> indexes,
        List<Trigger> triggers,
        String owner,
        String comment) {
    public View {
        columns = List.copyOf(columns);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        indexes = indexes.stream().sorted(Comparator.comparing(Index::name)).toList();
        triggers = triggers.stream().sorted(Comparator.comparing(Trigger::name)).toList();
    }

    /** {@code view} or {@code materialized view}. */
    public String kind() {
        return materialized ? "materialized view" : "view";
    }

    public ObjectIdentity identity() {
        return ObjectIdentity.of(kind(), name);
    }
}
