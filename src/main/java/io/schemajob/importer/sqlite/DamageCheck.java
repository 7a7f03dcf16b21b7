package io.schemajob.importer.sqlite;

import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.cancel.DaemonThread;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Looks for damage in a SQLite file while its rows are on their way: it takes as long as reading them all, on a processor
 * that mostly waits for the server otherwise.
 */
public final class DamageCheck implements AutoCloseable {
    private final Connection source;
    private final SqliteInterrupt interrupt;
    private final Statement statement;
    private final FutureTask<String> verdict;
    private final Thread thread;

    private DamageCheck(Connection source, CancellationToken cancellation) throws SQLException {
        this.source = source;
        this.interrupt = SqliteInterrupt.on(source, cancellation);
        this.statement = source.createStatement();
        this.verdict = new FutureTask<>(this::quickCheck);
        this.thread = DaemonThread.start("schemajob-import-check", verdict);
    }

    /** Begins, on a connection of its own. */
    public static DamageCheck begin(Path copy, CancellationToken cancellation) throws SQLException {
        return new DamageCheck(Sqlite.openImmutable(copy), cancellation);
    }

    private String quickCheck() throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
            String answer = row.next() ? row.getString(1) : "no answer";
            return answer.equals("ok") ? "" : answer;
        }
    }

    /**
     * Waits for the verdict.
     *
     * @return what is wrong with the file, empty if nothing is
     * @throws SQLException if SQLite cannot even look
     */
    public String damage() throws SQLException {
        try {
            return verdict.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException known) {
                throw known;
            }
            throw new IllegalStateException("the check failed", e.getCause());
        }
    }

    /** Stops looking. */
    @Override
    public void close() throws SQLException {
        statement.cancel();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        interrupt.close();
        source.close();
    }
}
