/** Running one script: statements, progress, and what a failure left behind. */
package io.schemajob.migration.script;
