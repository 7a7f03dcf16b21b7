package io.schemajob.catalog.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row that must exist.
 *
 * @param values by column, as PostgreSQL prints them as text; a null value means NULL. Other columns may hold anything
 */
public record Row(Map<String, String> values) {
    public Row {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
