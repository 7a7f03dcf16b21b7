/** Sessions as a run needs them: prepared alike, cancelled and reset. */
package io.schemajob.database.session;
