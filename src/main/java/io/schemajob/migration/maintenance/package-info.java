/** Maintenance statements, and repair of the history and of invalid indexes. */
package io.schemajob.migration.maintenance;
