package io.schemajob.it;

import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;

/** An application that reads a table all the time and notes how long it had to wait for it. */
final class Reader implements AutoCloseable {
    private final OtherSession session;
    private final String sql;
    private final Thread thread = new Thread(this::read, "reader");
    private volatile boolean ended;
    private volatile double longest;

    Reader(Postgres.Database database, String sql) {
        this.session = OtherSession.of(database);
        this.sql = sql;
        thread.start();
    }

    private void read() {
        while (!ended) {
            long begin = System.nanoTime();
            session.rows(sql);
            longest = Math.max(longest, Seconds.since(begin));
        }
    }

    /** Stops reading; in seconds. */
    double longestWait() {
        close();
        return longest;
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        session.close();
    }
}
