/**
 * Recognises the statements that the lint rules speak of, over the tokens of {@link io.schemajob.bundle.sql.SqlLexer}. What
 * is not recognised is passed over; whether it is valid SQL is for the server to say.
 */
package io.schemajob.lint.sql;
