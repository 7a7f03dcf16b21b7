/** The rules by name and severity, and what is found by them. */
package io.schemajob.lint.finding;
