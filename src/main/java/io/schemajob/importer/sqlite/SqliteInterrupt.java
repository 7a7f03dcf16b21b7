package io.schemajob.importer.sqlite;

import io.schemajob.report.cancel.CancellationToken;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.DB;

/**
 * Lets a stop of the run break off what SQLite is at: a query can go on for ever without giving a row. To be closed before
 * its connection.
 *
 * @see <a href="https://www.sqlite.org/c3ref/interrupt.html">sqlite3_interrupt</a>
 */
public final class SqliteInterrupt implements AutoCloseable {
    private static final int INTERRUPTED = 9;

    private final DB database;
    private final CancellationToken.Registration registration;
    private boolean over;

    private SqliteInterrupt(DB database, CancellationToken cancellation) {
        this.database = database;
        this.registration = cancellation.onStop(this::interrupt);
    }

    /** From now on until it is closed. */
    public static SqliteInterrupt on(Connection connection, CancellationToken cancellation) throws SQLException {
        return new SqliteInterrupt(connection.unwrap(SQLiteConnection.class).getDatabase(), cancellation);
    }

    /** Whether this error says that SQLite was interrupted, and nothing about what it was at. */
    static boolean caused(SQLException e) {
        return e.getErrorCode() == INTERRUPTED;
    }

    private synchronized void interrupt() {
        try {
            if (!over) {
                database.interrupt();
            }
        } catch (SQLException e) {
            // It was closed: there is nothing to break off.
        }
    }

    @Override
    public void close() {
        registration.close();
        synchronized (this) {
            over = true;
        }
    }
}
