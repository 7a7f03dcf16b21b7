package io.schemajob.importer.sqlite;

import io.schemajob.importer.mapping.SourceTable;
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
    private static final int NO_MEMORY = 7;
    private static final int READ_ONLY = 8;
    private static final int IO_ERROR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANNOT_OPEN = 14;
    private static final int TOO_BIG = 18;
    private static final int CONSTRAINT = 19;
    private static final int MISMATCH = 20;
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

    /**
     * What ends the reading of a table: where it is not the file but what the view, the query or a computed column is made
     * of, that is named, with SQLite's own words.
     */
    static RuntimeException ofReading(SourceTable table, SQLException e) throws SQLException {
        if (SqliteInterrupt.caused(e) || known(e) != null) {
            throw e;
        }
        String own = ownWords(e);
        String kind = table.derived() ? "view " : "table ";
        String what = table.query() == null ? kind + table.name() : "query of " + table.name();
        return Failure.of(ExitStatus.CONFIG, "SQLite cannot read all rows of the %s: %s".formatted(what, own))
                .databaseState("Nothing of the file was kept.")
                .hint(
                        table.query() == null
                                ? "Read it with sqlite3, correct the row or the expression that it names, and run the job again."
                                : "Correct the query in the mapping, until sqlite3 reads all of its rows.")
                .asException(e);
    }

    /** Whether it is the memory of this process that was not enough; for a value that Java has no room for, the driver has words only. */
    static boolean isOutOfMemory(SQLException e) {
        return (e.getErrorCode() & PRIMARY) == NO_MEMORY || "Out of memory".equals(e.getMessage());
    }

    /** Whether a statement failed for the row that it was to write, and the next one may not. */
    public static boolean isOfRow(SQLException e) {
        int code = e.getErrorCode() & PRIMARY;
        return code == TOO_BIG || code == CONSTRAINT || code == MISMATCH;
    }

    /** What SQLite itself says, without what the driver puts around it. */
    public static String ownWords(SQLException e) {
        return String.valueOf(e.getMessage()).replaceFirst("(?s)^\\[\\w+\\] .*? \\((.*)\\)$", "$1");
    }

    /** What a result code says, and what SQLite adds to it. */
    private static String words(SQLException e) {
        String words = known(e);
        if (words == null) {
            return String.valueOf(e.getMessage());
        }
        return e.getMessage() == null ? words : words + " (" + e.getMessage() + ")";
    }

    /** Null for an error that is not one of the file and its place. */
    private static String known(SQLException e) {
        return switch (e.getErrorCode() & PRIMARY) {
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
