package io.schemajob.importer.target;

import java.util.List;

/**
 * A check constraint of a PostgreSQL table, or of a domain that one of its columns has.
 *
 * @param columns it looks at
 * @param expression in SQL, over the table's own columns
 * @param shown the expression as people know it
 */
public record MappedCheck(String name, List<String> columns, String expression, String shown) {}
