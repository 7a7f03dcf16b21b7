/** SQL as text: its tokens, names and types, and how statements are written. Pure. */
package io.schemajob.catalog.sql;
