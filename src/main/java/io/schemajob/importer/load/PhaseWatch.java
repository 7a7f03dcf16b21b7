package io.schemajob.importer.load;

import io.schemajob.database.lock.LockWatch;
import java.sql.Connection;
import java.sql.SQLException;

/** Tells how far the server is in a phase that says nothing itself, such as the build of an index. */
@FunctionalInterface
public interface PhaseWatch {
    /** Nobody wants to know. */
    PhaseWatch NONE = (session, what) -> () -> {};

    /**
     * Begins; close the result when the phase has ended.
     *
     * @param session that works
     * @param what as {@link io.schemajob.report.log.Heartbeat#begin} takes it
     */
    LockWatch.Watch begin(Connection session, String what) throws SQLException;
}
