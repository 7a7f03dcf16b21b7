/** Detecting and reading the histories of other tools. */
package io.schemajob.migration.adopt;
