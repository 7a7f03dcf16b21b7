package io.schemajob.importer.mapping;

import java.util.List;

/**
 * A check constraint of a PostgreSQL table.
 *
 * @param columns it looks at
 * @param expression in SQL, over the table's own columns
 */
public record Check(String name, List<String> columns, String expression) {}
