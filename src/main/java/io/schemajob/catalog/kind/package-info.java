/**
 * Kinds of objects, each in one place: how it is read from the catalog, where it stands in {@code schema.yaml}, which
 * aspects of it are compared, and which statements create, alter and drop it.
 *
 * <p>{@link io.schemajob.catalog.kind.Kinds} lists them; {@link io.schemajob.catalog.kind.ObjectComparison} is the one
 * place that says what is equal. A kind knows no other kind. ADR 0023 says how the older parts of the catalog move here.
 */
package io.schemajob.catalog.kind;
