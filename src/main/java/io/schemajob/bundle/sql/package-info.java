/** Reading SQL text: tokens, names, options, and what kind of statement it is. */
package io.schemajob.bundle.sql;
