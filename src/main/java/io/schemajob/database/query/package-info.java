/** What is asked of a server and what it answers: catalog queries, SQLSTATE classes, quoting. */
package io.schemajob.database.query;
