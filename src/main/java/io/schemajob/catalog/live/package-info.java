/** Reads what a server's system catalogs say about one schema, in a fixed number of queries. */
package io.schemajob.catalog.live;
