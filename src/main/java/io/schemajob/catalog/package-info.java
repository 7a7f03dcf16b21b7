/** Proves that a live schema is what its bundle declares; everything here only reads. */
package io.schemajob.catalog;
