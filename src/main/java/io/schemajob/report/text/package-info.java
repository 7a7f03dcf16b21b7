/** Showing text of others safely, and small helpers for names and words. */
package io.schemajob.report.text;
