/** Ending a run early: signals, the deadline, and waits that end with them. */
package io.schemajob.report.cancel;
