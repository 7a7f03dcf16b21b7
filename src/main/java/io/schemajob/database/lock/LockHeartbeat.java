package io.schemajob.database.lock;

import io.schemajob.database.query.SimpleQuery;
import io.schemajob.report.cancel.DaemonThread;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Says something in the session that holds the job lock while the run works in another one: a script or an import may take hours, and
 * proxies and load balancers drop connections on which nothing is sent for a minute or a few, the lock with them. They do not count
 * the keepalives of TCP.
 */
final class LockHeartbeat implements AutoCloseable {
    /** For tests alone: how many milliseconds lie between two. */
    private static final String PROPERTY = "schemajob.internal.heartbeat";

    private static final long MILLIS = 20_000;

    private static final ScheduledExecutorService TIMER = DaemonThread.timer("schemajob-lock-heartbeat");

    private final Future<?> beats;

    /** @param session in autocommit */
    LockHeartbeat(Connection session) {
        long pause = Long.getLong(PROPERTY, MILLIS);
        beats = TIMER.scheduleWithFixedDelay(() -> beat(session), pause, pause, TimeUnit.MILLISECONDS);
    }

    private static void beat(Connection session) {
        try {
            SimpleQuery.run(session, "");
        } catch (SQLException e) {
            // Whoever needs the lock next finds out that it is lost.
        }
    }

    @Override
    public void close() {
        beats.cancel(false);
    }
}
