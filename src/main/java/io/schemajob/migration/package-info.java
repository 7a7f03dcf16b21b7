/** Applying and undoing scripts of a bundle, with the history rows that belong to them. */
package io.schemajob.migration;
