/** Noticing that a server has gone silent. */
package io.schemajob.database.watch;
