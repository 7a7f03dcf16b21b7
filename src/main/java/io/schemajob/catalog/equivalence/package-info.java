/** Decides whether two SQL texts mean the same: the server says so, see decision 24. */
package io.schemajob.catalog.equivalence;
