/** What a run tells at its end: report, findings and termination message. */
package io.schemajob.report.result;
