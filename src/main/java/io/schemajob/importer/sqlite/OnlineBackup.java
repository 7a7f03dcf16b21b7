package io.schemajob.importer.sqlite;

import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.Heartbeat;
import io.schemajob.report.log.Log;
import io.schemajob.report.log.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import org.sqlite.SQLiteConnection;

/**
 * Copies a SQLite file that may be in use, and leaves nothing beside it that was not there.
 *
 * <p>A file in WAL mode that nobody has open is complete in itself, but opening it even for reading makes two files
 * beside it; so it is opened as immutable, and looked at afterwards whether somebody came. One whose writer was killed
 * has a log that must be played back, which is done in the copy.
 *
 * @see <a href="https://www.sqlite.org/backup.html">SQLite Backup API</a>
 * @see <a href="https://www.sqlite.org/walformat.html">WAL-mode File Format</a>
 */
public final class OnlineBackup {
    private static final int ATTEMPTS = 5;
    private static final int ALL_PAGES = -1;
    private static final int PAUSE_MILLIS = 100;
    private static final int PAUSES = 300;

    private final Path source;
    private final BackupFolder folder;

    public OnlineBackup(Path source, BackupFolder folder) {
        this.source = source;
        this.folder = folder;
    }

    /**
     * Makes the copy.
     *
     * @param log is told how far it is
     * @param cancellation breaks it off: a step of SQLite's copies the whole file, and waits for those who write to it
     * @return where it is; whole and consistent
     * @throws SchemajobException CONFIG, TRY_AGAIN or IMPORT_REJECTED, with nothing left behind
     */
    public Path make(Instant now, Log log, CancellationToken cancellation) {
        SqliteHeader.read(source);
        Path copy = folder.fresh(now);
        boolean whole = false;
        try {
            Files.createDirectories(copy.toAbsolutePath().getParent());
            try (Heartbeat heartbeat = Heartbeat.begin(log, "Copying " + source, () -> progress(copy))) {
                whole = cancellation.call("schemajob-copy", () -> copy(copy, cancellation));
            }
            if (!whole) {
                throw busy();
            }
            return copy;
        } catch (SQLException e) {
            throw SqliteFailures.of("The SQLite file %s could not be copied to %s".formatted(source, copy), e);
        } catch (IOException e) {
            throw failed(copy, e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("The copy failed in an unknown way", e);
        } finally {
            if (!whole) {
                deleteQuietly(copy);
            }
        }
    }

    /** Returns whether it is whole; by itself, it leaves nothing behind after a stop, which nobody waits for. */
    private boolean copy(Path copy, CancellationToken cancellation) throws SQLException, IOException {
        boolean whole = false;
        try {
            for (int attempt = 1; attempt <= ATTEMPTS && !whole; attempt++) {
                cancellation.check();
                whole = attempt(copy, cancellation);
            }
            return whole;
        } finally {
            if (cancellation.stopped()) {
                deleteQuietly(copy);
            }
        }
    }

    private String progress(Path copy) {
        try {
            return Progress.share(Files.size(copy), Files.size(source), "bytes");
        } catch (IOException e) {
            return "";
        }
    }

    /** What is read of a file without copying it. */
    public interface Reading<T> {
        T of(Connection source) throws SQLException;
    }

    /**
     * Reads the file as it is; empty if a killed writer left a log that has to be played back in the copy first.
     *
     * @param cancellation breaks it off
     */
    public <T> Optional<T> read(Reading<T> reading, CancellationToken cancellation) {
        boolean wal = SqliteHeader.read(source).wal();
        boolean log = Files.exists(beside("-wal"));
        if (wal && log && !Files.exists(beside("-shm"))) {
            return Optional.empty();
        }
        try (Connection connection = wal && !log ? Sqlite.openImmutable(source) : Sqlite.openReadOnly(source);
                SqliteInterrupt interrupt = SqliteInterrupt.on(connection, cancellation)) {
            return Optional.of(reading.of(connection));
        } catch (SQLException e) {
            cancellation.check();
            throw SqliteFailures.of("The SQLite file %s could not be read".formatted(source), e);
        }
    }

    /** Returns whether the copy is sound: nobody changed the file while it was read without locks. */
    private boolean attempt(Path copy, CancellationToken cancellation) throws SQLException, IOException {
        Files.deleteIfExists(copy);
        boolean wal = SqliteHeader.read(source).wal();
        boolean log = Files.exists(beside("-wal"));
        if (!wal || log && Files.exists(beside("-shm"))) {
            try (Connection connection = Sqlite.openReadOnly(source)) {
                copyPages(connection, copy);
            }
            return true;
        }
        State before = state();
        if (log) {
            copyWithLog(copy, cancellation);
        } else {
            try (Connection connection = Sqlite.openImmutable(source)) {
                copyPages(connection, copy);
            }
        }
        return state().equals(before);
    }

    private static void copyPages(Connection connection, Path copy) throws SQLException {
        int code = connection
                .unwrap(SQLiteConnection.class)
                .getDatabase()
                .backup("main", copy.toString(), null, PAUSE_MILLIS, PAUSES, ALL_PAGES);
        if (code != 0) {
            throw new SQLException(null, null, code);
        }
    }

    private void copyWithLog(Path copy, CancellationToken cancellation) throws IOException, SQLException {
        Path log = Path.of(copy + "-wal");
        try {
            Files.copy(source, copy);
            Files.copy(beside("-wal"), log);
            cancellation.check();
            try (Connection connection = Sqlite.openWritable(copy);
                    Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = DELETE");
            }
        } finally {
            Files.deleteIfExists(log);
            Files.deleteIfExists(Path.of(copy + "-shm"));
        }
    }

    /** What changes when anybody works on the file. */
    private record State(SqliteHeader header, String file, String log, boolean shared) {}

    private State state() throws IOException {
        Path log = beside("-wal");
        return new State(
                SqliteHeader.read(source),
                look(source),
                Files.exists(log) ? look(log) : null,
                Files.exists(beside("-shm")));
    }

    private static String look(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.size() + " " + attributes.lastModifiedTime();
    }

    private Path beside(String suffix) {
        return Path.of(source + suffix);
    }

    private SchemajobException busy() {
        return Failure.of(
                        ExitStatus.TRY_AGAIN,
                        "The SQLite file %s changed %d times while it was copied.".formatted(source, ATTEMPTS))
                .databaseState("Nothing was changed.")
                .hint("Stop what writes to the file, and run the job again.")
                .asException();
    }

    private SchemajobException failed(Path copy, IOException e) {
        return Failure.of(
                        ExitStatus.CONFIG,
                        "The SQLite file %s could not be copied to %s (%s)."
                                .formatted(source, copy, e.getClass().getSimpleName()))
                .databaseState("Nothing was changed.")
                .hint("Name a folder that is or can be made, is writable and has room for the file with --backup-dir.")
                .asException(e);
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(Path.of(file + "-journal"));
        } catch (IOException e) {
            // The first failure is the one to tell.
        }
    }
}
