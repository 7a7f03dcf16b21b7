/** Reading Flyway's history table, and judging it against the bundle. */
package io.schemajob.migration.history;
