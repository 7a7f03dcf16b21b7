package io.schemajob.migration.script;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.QueryExecutorBase;

/** One {@code COPY … FROM STDIN} of a script, whose notices are printed as they come. */
final class CopyQuery {
    private CopyQuery() {}

    /**
     * Sends the data.
     *
     * @return rows
     */
    static long run(Connection session, String sql, String data, Notices notices) throws SQLException, IOException {
        session.clearWarnings();
        if (session.unwrap(BaseConnection.class).getQueryExecutor() instanceof QueryExecutorBase executor) {
            executor.addWarning(new Head(notices));
        }
        try {
            return session.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, new StringReader(data));
        } finally {
            if (!session.isClosed()) {
                session.clearWarnings();
            }
        }
    }

    /**
     * The first of the driver's warnings. It chains each one to the first, walking past all others: for a notice of every
     * row that costs the square of the rows, and all the memory. This one prints what is chained to it, and forgets it.
     */
    private static final class Head extends SQLWarning {
        private static final long serialVersionUID = 1L;

        private final transient Notices notices;

        private Head(Notices notices) {
            super("the first");
            this.notices = notices;
        }

        @Override
        public void setNextWarning(SQLWarning next) {
            notices.print(next);
        }
    }
}
