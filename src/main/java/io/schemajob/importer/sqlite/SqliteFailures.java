package io.schemajob.importer.sqlite;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.sql.SQLException;

/**
 * Gives an error of SQLite its exit status.
 *
 * @see <a href="https://www.sqlite.org/rescode.html">Result and Error Codes</a>
 */
public final class SqliteFailures {
    private static final int PERMISSION = 3;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READ_ONLY = 8;
    private static final int IO_ERROR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANNOT_OPEN = 14;
    private static final int NOT_A_DATABASE = 26;
    private static final int PRIMARY = 0xff;

    private SqliteFailures() {}

    /**
     * Wraps an error.
     *
     * @param what begins the sentence: "The SQLite file could not be read"
     */
    public static SchemajobException of(String what, SQLException e) {
        ExitStatus status =
                switch (e.getErrorCode() & PRIMARY) {
                    case BUSY, LOCKED -> ExitStatus.TRY_AGAIN;
                    case CORRUPT -> ExitStatus.IMPORT_REJECTED;
                    default -> ExitStatus.CONFIG;
                };
        return Failure.of(status, "%s: %s".formatted(what, words(e)))
                .databaseState("Nothing of the file was kept.")
                .hint(hint(status))
                .asException(e);
    }

    /** What a result code says, and what SQLite adds to it. */
    private static String words(SQLException e) {
        String words =
                switch (e.getErrorCode() & PRIMARY) {
                    case PERMISSION -> "this user may not use it";
                    case BUSY, LOCKED -> "another process is using it";
                    case READ_ONLY -> "the file or its volume is read-only";
                    case IO_ERROR -> "the volume cannot be read or written";
                    case CORRUPT -> "its pages contradict each other";
                    case FULL -> "there is no room on the volume";
                    case CANNOT_OPEN -> "the file cannot be opened, or not be made in its folder";
                    case NOT_A_DATABASE -> "it is not a SQLite database, or it is encrypted";
                    default -> null;
                };
        if (words == null) {
            return String.valueOf(e.getMessage());
        }
        return e.getMessage() == null ? words : words + " (" + e.getMessage() + ")";
    }

    private static String hint(ExitStatus status) {
        return switch (status) {
            case TRY_AGAIN -> "Stop what writes to the file, and run the job again.";
            case IMPORT_REJECTED -> "Repair the file (sqlite3 FILE .recover) or take a backup, and import that.";
            default ->
                "Check the file, its folder's permissions and the space on its volume. A file whose writer was"
                        + " killed must be opened once by its application or by sqlite3.";
        };
    }
}
