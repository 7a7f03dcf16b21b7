/**
 * A PostgreSQL schema as data: the same records hold what a bundle declares and what a server has.
 *
 * <p>Names are as the catalog stores them, without quotes. Types are written as {@code format_type} prints them.
 * Expressions are SQL text; whether two of them mean the same is decided by {@code io.schemajob.catalog.equivalence}. What is {@code null} is absent.
 */
package io.schemajob.catalog.model;
