package io.schemajob.catalog.equivalence;

import io.schemajob.catalog.sql.SqlScope;

/**
 * Whether two texts mean the same.
 *
 * @param scope in which both stand
 * @param declared by the bundle's author
 * @param live as the server prints it
 */
public record Question(SqlScope scope, String declared, String live) {}
