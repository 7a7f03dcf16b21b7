/**
 * The statements that lead from a live schema to a declared one, and back. Pure: two schemas in, scripts out.
 *
 * <p>{@link io.schemajob.catalog.ddl.Goal} says where to go, {@link io.schemajob.catalog.ddl.Pieces} takes both schemas
 * apart, {@link io.schemajob.catalog.ddl.Disturbance} finds out what stands in the way,
 * {@link io.schemajob.catalog.ddl.Order} sorts, {@link io.schemajob.catalog.ddl.Cut} makes scripts. The way back is the
 * same way backwards: every state on it has been one of the way there.
 */
package io.schemajob.catalog.ddl;
