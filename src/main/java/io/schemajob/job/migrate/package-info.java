/** Changing the version of a schema, and telling it. */
package io.schemajob.job.migrate;
