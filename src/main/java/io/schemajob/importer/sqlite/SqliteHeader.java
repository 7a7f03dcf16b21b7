package io.schemajob.importer.sqlite;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The first hundred bytes of a SQLite file, read without SQLite: they tell what it is, and how it may be opened without
 * leaving anything behind.
 *
 * @param wal whether it is in write-ahead-log mode
 * @param changes the change counter, which every commit outside of WAL mode advances
 * @see <a href="https://www.sqlite.org/fileformat2.html#the_database_header">Database File Format</a>
 */
public record SqliteHeader(boolean wal, int changes) {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH = 100;
    private static final int WRITE_VERSION = 18;
    private static final int CHANGE_COUNTER = 24;
    private static final int WAL = 2;

    /** @throws SchemajobException CONFIG if the file is not there, not readable or not SQLite's */
    public static SqliteHeader read(Path file) {
        byte[] header;
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw unusable(file, "is no regular file", "Name the file that the application writes.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            header = in.readNBytes(LENGTH);
        } catch (IOException e) {
            throw unusable(
                    file,
                    Files.exists(file) ? "cannot be read (" + e.getClass().getSimpleName() + ")" : "does not exist",
                    "Check the path, the mount and the permissions.");
        }
        if (header.length == 0) {
            throw unusable(file, "is empty: it holds no database", "Name the file that the application writes.");
        }
        if (header.length < LENGTH || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw unusable(
                    file,
                    "is not a SQLite database, or it is encrypted",
                    "Name the database file itself; decrypt an encrypted one with the tool that encrypted it.");
        }
        int changes = 0;
        for (int i = CHANGE_COUNTER; i < CHANGE_COUNTER + Integer.BYTES; i++) {
            changes = changes << 8 | header[i] & 0xff;
        }
        return new SqliteHeader(header[WRITE_VERSION] == WAL, changes);
    }

    private static SchemajobException unusable(Path file, String why, String hint) {
        return Failure.of(ExitStatus.CONFIG, "The SQLite file %s %s.".formatted(file, why))
                .where(file.toString())
                .databaseState("Nothing was changed.")
                .hint(hint)
                .asException();
    }
}
