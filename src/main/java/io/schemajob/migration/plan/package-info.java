/** Which scripts a run applies or undoes. */
package io.schemajob.migration.plan;
