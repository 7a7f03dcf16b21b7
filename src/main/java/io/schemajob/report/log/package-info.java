/** The log: its formats, progress, and the removal of secrets. */
package io.schemajob.report.log;
