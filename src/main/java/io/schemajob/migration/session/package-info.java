/** The sessions and locks that a run of migrations shares. */
package io.schemajob.migration.session;
