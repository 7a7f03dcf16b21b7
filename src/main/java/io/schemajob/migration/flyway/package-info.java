/** Adapter to Flyway's API; no other package knows Flyway. */
package io.schemajob.migration.flyway;
