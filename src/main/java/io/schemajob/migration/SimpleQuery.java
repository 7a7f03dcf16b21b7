package io.schemajob.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;

/**
 * One statement sent as psql sends it: its bytes, by PostgreSQL's simple query protocol.
 *
 * <p>A {@link java.sql.Statement} would parse it first, for placeholders, JDBC's escapes and further statements, none of
 * which a statement of a script has; that costs more than all the rest of a large script. It would also keep all rows of
 * a SELECT and keep the server's command tag to itself.
 */
final class SimpleQuery extends ResultHandlerBase {
    private static final int FLAGS = QueryExecutor.QUERY_EXECUTE_AS_SIMPLE
            | QueryExecutor.QUERY_ONESHOT
            | QueryExecutor.QUERY_NO_METADATA
            | QueryExecutor.QUERY_NO_RESULTS
            | QueryExecutor.QUERY_BOTH_ROWS_AND_STATUS;

    private String tag = "";

    private SimpleQuery() {}

    /**
     * What the server said.
     *
     * @param tag of the command, which psql prints: {@code CREATE TABLE}, {@code INSERT 0 1}
     * @param notices in order
     */
    record Answer(String tag, List<String> notices) {}

    /** Runs a single statement; a session that is not in autocommit begins its transaction with it. */
    static Answer run(Connection session, String sql) throws SQLException {
        QueryExecutor executor = session.unwrap(BaseConnection.class).getQueryExecutor();
        int begin = session.getAutoCommit() ? QueryExecutor.QUERY_SUPPRESS_BEGIN : 0;
        SimpleQuery handler = new SimpleQuery();
        executor.execute(
                executor.wrap(List.of(new NativeQuery(sql, SqlCommand.BLANK))), null, handler, 0, 0, FLAGS | begin);
        return new Answer(handler.tag, handler.notices());
    }

    @Override
    public void handleCommandStatus(String status, long rows, long oid) {
        tag = status;
    }

    private List<String> notices() {
        List<String> notices = new ArrayList<>();
        for (SQLWarning notice = getWarning(); notice != null; notice = notice.getNextWarning()) {
            notices.add(notice.getMessage());
        }
        return notices;
    }
}
