package io.schemajob.database.query;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.function.Consumer;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.Tuple;

/**
 * One statement sent as psql sends it: its bytes, by PostgreSQL's simple query protocol.
 *
 * <p>A {@link java.sql.Statement} would parse it first, for placeholders, JDBC's escapes and further statements, none of
 * which a statement of a script has; that costs more than all the rest of a large script. It would also keep all rows of
 * a SELECT and keep the server's command tag to itself.
 */
public final class SimpleQuery extends ResultHandlerBase {
    private static final int FLAGS = QueryExecutor.QUERY_EXECUTE_AS_SIMPLE
            | QueryExecutor.QUERY_ONESHOT
            | QueryExecutor.QUERY_NO_METADATA
            | QueryExecutor.QUERY_NO_RESULTS
            | QueryExecutor.QUERY_BOTH_ROWS_AND_STATUS;

    private static final int KEEP_RESULTS = ~(QueryExecutor.QUERY_NO_METADATA | QueryExecutor.QUERY_NO_RESULTS);

    private String tag = "";

    private String value;

    private final Consumer<SQLWarning> notices;

    private SimpleQuery(Consumer<SQLWarning> notices) {
        this.notices = notices;
    }

    /** As {@link #run(Connection, String, Consumer)}, for a statement of ours that has nothing to say. */
    public static String run(Connection session, String sql) throws SQLException {
        return run(session, sql, notice -> {});
    }

    /**
     * Runs a statement, or several in one message; a session that is not in autocommit begins its transaction with it.
     *
     * @param notices gets each as it comes
     * @return the command's tag, which psql prints: {@code CREATE TABLE}, {@code INSERT 0 1}
     */
    public static String run(Connection session, String sql, Consumer<SQLWarning> notices) throws SQLException {
        return execute(session, sql, FLAGS, notices).tag;
    }

    /** Runs statements of ours in one message; the first value of the last row. */
    public static String value(Connection session, String sql) throws SQLException {
        return execute(session, sql, FLAGS & KEEP_RESULTS, notice -> {}).value;
    }

    private static SimpleQuery execute(Connection session, String sql, int flags, Consumer<SQLWarning> notices)
            throws SQLException {
        QueryExecutor executor = session.unwrap(BaseConnection.class).getQueryExecutor();
        int begin = session.getAutoCommit() ? QueryExecutor.QUERY_SUPPRESS_BEGIN : 0;
        SimpleQuery handler = new SimpleQuery(notices);
        executor.execute(
                executor.wrap(List.of(new NativeQuery(sql, SqlCommand.BLANK))), null, handler, 0, 0, flags | begin);
        return handler;
    }

    @Override
    public void handleResultRows(Query query, Field[] fields, List<Tuple> rows, ResultCursor cursor) {
        byte[] first = rows.isEmpty() ? null : rows.get(rows.size() - 1).get(0);
        value = first == null ? null : new String(first, StandardCharsets.UTF_8);
    }

    @Override
    public void handleCommandStatus(String status, long rows, long oid) {
        tag = status;
    }

    /** The driver's own way keeps all of them until the statement has ended. */
    @Override
    public void handleWarning(SQLWarning warning) {
        notices.accept(warning);
    }
}
