package io.schemajob.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A session beside the one under test: an application at work, a person who forgot to commit, or the eyes of the test.
 * SQL errors are unchecked, as no test expects any here.
 */
public final class OtherSession implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final Connection connection;

    private OtherSession(Connection connection) {
        this.connection = connection;
    }

    /** As the owner of the database, in autocommit. */
    public static OtherSession of(Postgres.Database database) {
        try {
            return new OtherSession(database.connect());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same through a port that leads to the database. */
    static OtherSession at(int port, Postgres.Database database) {
        try {
            return new OtherSession(DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database.name()),
                    database.user(),
                    database.password()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As superuser, in autocommit. */
    public static OtherSession ofSuperuser(Postgres.Database database) {
        try {
            return new OtherSession(database.superuser());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs statements, each on its own unless they open a transaction. */
    public OtherSession execute(String... statements) {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", statements), e);
        }
    }

    /** All rows, columns joined by {@code |}. */
    public List<String> rows(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return Rows.joined(result);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The only value of the only row. */
    public String value(String sql) {
        List<String> rows = rows(sql);
        if (rows.size() != 1) {
            throw new AssertionError(sql + " returned " + rows);
        }
        return rows.get(0);
    }

    /** The number of rows of a query, tables that do not exist counting as an error. */
    public int count(String query) {
        return Integer.parseInt(value("SELECT count(*) FROM " + query));
    }

    /** Waits until the query returns true. */
    public OtherSession await(String sql) {
        return await(sql, () -> false);
    }

    /** Waits until the query returns true, or there is no reason to wait any more. */
    public OtherSession await(String sql, BooleanSupplier vain) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!value(sql).equals("t") && !vain.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never became true: " + sql + "\n"
                        + String.join(
                                "\n",
                                rows("SELECT pid, application_name, state, wait_event_type, wait_event, query"
                                        + " FROM pg_stat_activity WHERE datname = current_database()")));
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return this;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
