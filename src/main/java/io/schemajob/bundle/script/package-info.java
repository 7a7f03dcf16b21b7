/** A migration script: its name, its directives, and its text as statements and steps. */
package io.schemajob.bundle.script;
