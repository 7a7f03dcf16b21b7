/**
 * A PostgreSQL schema as data: the same records hold what a bundle declares and what a server has.
 *
 * <p>Names are as the catalog stores them, without quotes. Types are written as {@code format_type} prints them.
 * Expressions are SQL text; two of them are compared by {@link io.schemajob.catalog.sql.SqlNormalizer}, never by
 * {@code equals}. What is {@code null} is absent.
 */
package io.schemajob.catalog.model;
