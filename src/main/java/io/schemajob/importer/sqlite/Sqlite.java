package io.schemajob.importer.sqlite;

import io.schemajob.importer.convert.SourceValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;

/** Opens SQLite files by URI, so that how they are opened never depends on what their names look like. */
public final class Sqlite {
    private static final String BUSY_TIMEOUT_MILLIS = "5000";

    private static final int CACHE_KILOBYTES = 32 * 1024;

    private Sqlite() {}

    /** For reading, with the locks that keep a writer from changing what is being read. */
    static Connection openReadOnly(Path file) throws SQLException {
        return open(file, "mode=ro");
    }

    /** A file that nobody changes: no locks, no files beside it. */
    public static Connection openImmutable(Path file) throws SQLException {
        return open(file, "mode=ro&immutable=1");
    }

    /** A copy that nobody changes, in a folder that is ours to write to. */
    public static Connection openCopy(Path copy) throws SQLException {
        Connection connection = openImmutable(copy);
        try (Statement statement = connection.createStatement()) {
            sortBeside(statement, copy);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * What SQLite sorts lies beside a file that has room, and not in {@code /var/tmp} or {@code /tmp}: those of a pod are
     * small, or cannot be written to. The driver's SQLite has one such folder for all connections of the process.
     *
     * @see <a href="https://www.sqlite.org/tempfiles.html#temporary_file_storage_locations">Temporary file locations</a>
     */
    private static void sortBeside(Statement statement, Path file) throws SQLException {
        String folder = file.toAbsolutePath().getParent().toString();
        statement.execute("PRAGMA temp_store_directory = '" + folder.replace("'", "''") + "'");
    }

    /** For writing; the file is made if it is not there. */
    static Connection openWritable(Path file) throws SQLException {
        return open(file, "mode=rwc");
    }

    /** For writing a file that is nobody's until it is whole: without a journal, and with a larger cache. */
    public static Connection openUnguarded(Path file) throws SQLException {
        Connection connection = openWritable(file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = OFF");
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA cache_size = -" + CACHE_KILOBYTES);
            sortBeside(statement, file);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** No file at all. */
    static Connection openMemory() throws SQLException {
        return JDBC.createConnection("jdbc:sqlite::memory:", new Properties());
    }

    private static Connection open(Path file, String parameters) throws SQLException {
        String path = URLEncoder.encode(file.toAbsolutePath().toString(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
        Properties properties = new Properties();
        properties.setProperty("busy_timeout", BUSY_TIMEOUT_MILLIS);
        // Else the driver prepares a query after every row that is inserted.
        properties.setProperty("jdbc.get_generated_keys", "false");
        return JDBC.createConnection("jdbc:sqlite:file:" + path + "?" + parameters, properties);
    }

    /** Gives a statement a value in its storage class. */
    public static void bind(PreparedStatement statement, int index, SourceValue value) throws SQLException {
        switch (value.type()) {
            case NULL -> statement.setNull(index, java.sql.Types.NULL);
            case INTEGER -> statement.setLong(index, value.integer());
            case REAL -> statement.setDouble(index, value.real());
            case TEXT -> statement.setString(index, value.string());
            case BLOB -> statement.setBytes(index, value.bytes());
        }
    }

    /** A name as SQLite quotes it. */
    public static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
