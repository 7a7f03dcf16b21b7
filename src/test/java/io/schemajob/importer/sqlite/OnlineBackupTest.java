package io.schemajob.importer.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.Log;
import io.schemajob.testing.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of real files, at rest, in use and left behind by a killed writer; nothing is left beside the source. */
class OnlineBackupTest {
    private static final String ROWS = "CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1)";

    @TempDir
    Path folder;

    @Test
    void copiesAFileAtRest() throws SQLException {
        unchanged(SqliteFile.of(ROWS), 1);
        unchanged(SqliteFile.of("PRAGMA journal_mode = wal", ROWS), 1);
    }

    /** The writer goes on: the copy has what was committed, and not what was not. */
    @Test
    void copiesAFileInUse() throws SQLException {
        SqliteFile file = SqliteFile.of("PRAGMA journal_mode = wal");
        try (Connection writer = file.connect();
                Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            statement.execute("CREATE TABLE t (n INTEGER)");
            statement.execute("INSERT INTO t VALUES (1), (2)");
            assertThat(Files.exists(Path.of(file + "-wal"))).isTrue();
            writer.setAutoCommit(false);
            statement.execute("INSERT INTO t VALUES (3)");
            unchanged(file, 2);
            writer.commit();
            unchanged(file, 3);
        }
        assertThat(file.folder()).containsExactly("agents.db");
    }

    @Test
    void playsTheLogOfAKilledWriterBackInTheCopy() throws SQLException, IOException {
        SqliteFile file = SqliteFile.of("PRAGMA journal_mode = wal");
        SqliteFile killed = SqliteFile.of();
        try (Connection writer = file.connect();
                Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            statement.execute("CREATE TABLE t (n INTEGER)");
            statement.execute("INSERT INTO t VALUES (1), (2)");
            // What a killed process leaves, without the index of the log, which lay in memory.
            Files.copy(file.path(), killed.path(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Files.copy(Path.of(file + "-wal"), Path.of(killed + "-wal"));
        }
        unchanged(killed, 2);
    }

    @Test
    void opensNamesThatLookLikeUris() throws SQLException, IOException {
        SqliteFile file = SqliteFile.of(ROWS);
        Path strange = folder.resolve("a b?c#d%20é.db");
        Files.copy(file.path(), strange);
        Path copy = new OnlineBackup(strange, new BackupFolder(folder, strange))
                .make(Instant.now(), Log.silent(), new CancellationToken());
        assertThat(count(copy)).isOne();
    }

    @Test
    void refusesDamagedFilesAndFoldersThatCannotBeMade() throws IOException {
        SqliteFile file = SqliteFile.of(ROWS);
        Path belowAFile = file.path().resolve("none");
        fails(new OnlineBackup(file.path(), new BackupFolder(belowAFile, file.path())), ExitStatus.CONFIG);
        byte[] bytes = Files.readAllBytes(file.path());
        Files.write(file.path(), java.util.Arrays.copyOf(bytes, 50));
        fails(new OnlineBackup(file.path(), new BackupFolder(folder, file.path())), ExitStatus.CONFIG);
        assertThat(folder).isEmptyDirectory();
    }

    /** One that waits for a writer, or for a slow volume, does not keep a run that is stopped. */
    @Test
    void endsWithItsRun() throws SQLException, IOException, InterruptedException {
        SqliteFile file = SqliteFile.of(ROWS);
        CancellationToken cancellation = new CancellationToken();
        try (Connection writer = file.connect();
                Statement statement = writer.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            Thread stop = new Thread(() -> {
                while (folder.toFile().list().length == 0) {
                    Thread.onSpinWait();
                }
                cancellation.stop(Failure.of(ExitStatus.TRY_AGAIN, "Stopped."));
            });
            stop.start();
            assertThatThrownBy(() -> new OnlineBackup(file.path(), new BackupFolder(folder, file.path()))
                            .make(Instant.now(), Log.silent(), cancellation))
                    .hasMessage("Stopped.");
            stop.join();
            assertThat(folder).isEmptyDirectory();
        }
    }

    private static void fails(OnlineBackup backup, ExitStatus status) {
        assertThatThrownBy(() -> backup.make(Instant.now(), Log.silent(), new CancellationToken()))
                .isInstanceOfSatisfying(
                        SchemajobException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    private void unchanged(SqliteFile file, int rows) throws SQLException {
        List<String> before = file.folder();
        String digest = file.digest();
        Path copy = new OnlineBackup(file.path(), new BackupFolder(folder, file.path()))
                .make(Instant.now(), Log.silent(), new CancellationToken());
        assertThat(count(copy)).isEqualTo(rows);
        assertThat(file.folder()).isEqualTo(before);
        assertThat(file.digest()).isEqualTo(digest);
    }

    private static int count(Path copy) throws SQLException {
        try (Connection connection = Sqlite.openImmutable(copy);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM t")) {
            row.next();
            return row.getInt(1);
        }
    }
}
