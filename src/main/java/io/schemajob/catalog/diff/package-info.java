/** What tells a declared schema from a live one. Pure. */
package io.schemajob.catalog.diff;
