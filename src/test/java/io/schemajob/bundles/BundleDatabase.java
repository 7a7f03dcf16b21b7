package io.schemajob.bundles;

import io.schemajob.testing.Postgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A fresh database on a real server, one session in it, and the files of one built-in bundle to run there: the plain
 * scripts, without any of the product's own code between them and the server.
 */
final class BundleDatabase implements AutoCloseable {
    private final String bundle;
    private final Connection session;

    private BundleDatabase(String bundle, Connection session) {
        this.bundle = bundle;
        this.session = session;
    }

    /** The session is the database owner's, an ordinary role. */
    static BundleDatabase owned(int major, String bundle) throws SQLException {
        return new BundleDatabase(
                bundle, Postgres.version(major).createDatabase().connect());
    }

    static BundleDatabase of(Connection session, String bundle) {
        return new BundleDatabase(bundle, session);
    }

    /** Runs a script of {@code migrations/} in one transaction. */
    void migrate(String script) throws SQLException {
        session.setAutoCommit(false);
        try {
            execute(text("/bundles/" + bundle + "/migrations/" + script));
            session.commit();
        } finally {
            session.rollback();
            session.setAutoCommit(true);
        }
    }

    /** What a check of {@code verify/} finds: the {@code problem} of each row. */
    List<String> check(String file) throws SQLException {
        List<String> problems = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(text("/bundles/" + bundle + "/verify/" + file))) {
            while (rows.next()) {
                problems.add(rows.getString("problem"));
            }
        }
        return problems;
    }

    String file(String path) {
        return text("/bundles/" + bundle + "/" + path);
    }

    /** Every object in schema public, a line each. */
    List<String> catalog() throws SQLException {
        return column(text("/io/schemajob/bundles/catalog.sql"));
    }

    void execute(String sql) throws SQLException {
        update(sql);
    }

    /** Executes and tells how many rows were touched. */
    int update(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
            return statement.getUpdateCount();
        }
    }

    /** The first column of the first row as text, or null without a row. */
    String value(String sql) throws SQLException {
        List<String> values = column(sql);
        return values.isEmpty() ? null : values.get(0);
    }

    List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    /** The server's SQLSTATE for a statement, {@code 00000} if it is accepted; the statement's effect is undone. */
    String stateOf(String sql) throws SQLException {
        session.setAutoCommit(false);
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
            return "00000";
        } catch (SQLException e) {
            return e.getSQLState();
        } finally {
            session.rollback();
            session.setAutoCommit(true);
        }
    }

    /** The plan of a query when the planner avoids whole-table scans and sorts wherever it can. */
    String indexPlan(String query) throws SQLException {
        execute("SET enable_seqscan = off; SET enable_sort = off");
        try {
            return String.join("\n", column("EXPLAIN " + query));
        } finally {
            execute("RESET enable_seqscan; RESET enable_sort");
        }
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }

    private static String text(String resource) {
        try (InputStream in = BundleDatabase.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
