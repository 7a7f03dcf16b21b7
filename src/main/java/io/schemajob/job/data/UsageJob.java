package io.schemajob.job.data;

import io.schemajob.bundle.Bundle;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.Identifiers;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.migration.history.HistoryTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** How much is in the tables: rows, distinct threads where a table has them, and the room they take. Read-only. */
public final class UsageJob {
    /** The column by which LangGraph's tables, and others of their kind, belong to a conversation. */
    private static final String THREAD = "thread_id";

    private static final String TABLES =
            """
            SELECT c.relname, pg_total_relation_size(c.oid), pg_size_pretty(pg_total_relation_size(c.oid)),
                   EXISTS (SELECT 1 FROM pg_attribute a
                           WHERE a.attrelid = c.oid AND a.attname = ? AND NOT a.attisdropped)
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND c.relname <> ?
            ORDER BY c.relname
            """;

    private final RunContext run;

    public UsageJob(RunContext run) {
        this.run = run;
    }

    /**
     * One table.
     *
     * @param rows counted, not estimated
     * @param threads distinct ones, or null where the table has none
     * @param bytes with indexes and TOAST
     * @param size the same for people
     */
    public record Usage(String table, long rows, Long threads, long bytes, String size) {}

    private record Sized(String table, long bytes, String size, boolean threads) {}

    public List<Usage> execute() {
        Bundle bundle = run.bundle();
        try (RunSession session = RunSession.open(run, bundle)) {
            List<Usage> usages = new ArrayList<>();
            usages(session, session.schema(), "", usages);
            for (String further : session.furtherSchemas()) {
                usages(session, further, further + ".", usages);
            }
            return usages;
        } catch (SQLException e) {
            run.cancellation().check();
            throw DatabaseFailures.unexpected("The tables could not be counted", e);
        }
    }

    /** @param prefix of the tables' names in the answer */
    private void usages(RunSession session, String schema, String prefix, List<Usage> usages) throws SQLException {
        for (Sized table : tables(session, schema)) {
            run.cancellation().check();
            Usage usage = count(session.lockConnection(), schema, table);
            usages.add(new Usage(prefix + usage.table(), usage.rows(), usage.threads(), usage.bytes(), usage.size()));
        }
    }

    private static List<Sized> tables(RunSession session, String schema) throws SQLException {
        try (PreparedStatement statement = session.lockConnection().prepareStatement(TABLES)) {
            statement.setString(1, THREAD);
            statement.setString(2, schema);
            statement.setString(3, HistoryTable.NAME);
            List<Sized> tables = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    tables.add(new Sized(row.getString(1), row.getLong(2), row.getString(3), row.getBoolean(4)));
                }
            }
            return tables;
        }
    }

    private static Usage count(Connection connection, String schema, Sized table) throws SQLException {
        String threads = table.threads() ? "count(DISTINCT " + THREAD + ")" : "NULL::bigint";
        String sql = "SELECT count(*), " + threads + " FROM " + Identifiers.qualify(schema, table.table());
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new Usage(table.table(), row.getLong(1), row.getObject(2, Long.class), table.bytes(), table.size());
        }
    }
}
