/** The one exception type, what it tells, and its exit status. */
package io.schemajob.report.failure;
