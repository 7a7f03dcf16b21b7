package io.schemajob.catalog;

import io.schemajob.database.query.Closeables;
import io.schemajob.database.query.SimpleQuery;
import io.schemajob.database.session.SessionTraces;
import io.schemajob.database.session.Sessions;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where a bundle's checks run: none finds what another one left, and none reaches the session that holds the locks of the
 * run.
 */
public final class CheckSessions implements AutoCloseable {
    /** Null where everything happens in one session. */
    private final Sessions sessions;

    private Connection session;

    private CheckSessions(Sessions sessions, Connection session) {
        this.sessions = sessions;
        this.session = session;
    }

    /** In sessions of their own, the first of which is opened when there is a check. */
    public static CheckSessions own(Sessions sessions) {
        return new CheckSessions(sessions, null);
    }

    /** In this session, which sees what nobody else does; rolling back ends what a check has set. */
    public static CheckSessions same(Connection session) {
        return new CheckSessions(null, session);
    }

    /** One check. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection session) throws SQLException;
    }

    /** @param text of the check, which tells what it may leave */
    <T> T run(String text, Work<T> check) throws SQLException {
        if (session == null) {
            session = sessions.open();
        }
        T result;
        try {
            result = check.run(session);
        } catch (SQLException | RuntimeException e) {
            try {
                clean(text);
            } catch (SQLException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        clean(text);
        return result;
    }

    private void clean(String text) throws SQLException {
        if (sessions == null) {
            SimpleQuery.run(session, "DEALLOCATE ALL; DISCARD SEQUENCES");
        } else if (session.isClosed() || SessionTraces.of(text).lasting()) {
            close();
        } else {
            sessions.cleanAfterCheck(session);
        }
    }

    @Override
    public void close() {
        if (sessions != null) {
            Closeables.closeQuietly(session);
            session = null;
        }
    }
}
