package io.schemajob.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.importer.validate.CheckResult;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Parts;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SqliteFile;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that older versions of SQLite have written, in the forms that they write. */
class SqliteVersionsIT {
    private static final String MAPPING =
            """
            tables:
              person: {columns: {id: id, name: name, at: {from: at, epoch: seconds}}}
              note: {columns: {id: id, person: {from: person, ids: person}, text: text}}
            """;
    private static final String TARGET =
            """
            CREATE TABLE person (id uuid PRIMARY KEY, name text NOT NULL, at timestamptz);
            CREATE TABLE note (id uuid PRIMARY KEY, person uuid REFERENCES person, text text)
            """;
    private static final List<String> ROWS = List.of(
            "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, at INTEGER)",
            "CREATE TABLE note (id TEXT, person INTEGER REFERENCES person, text TEXT, PRIMARY KEY (id)) WITHOUT ROWID",
            // By its number: the oldest of the drivers would write the emoji as two surrogates, which is no UTF-8.
            "INSERT INTO person VALUES (1, 'Zoë ' || char(129302), 1735689600), (9223372036854775807, '', NULL)",
            "INSERT INTO note VALUES ('b', 1, 'x'), ('a', NULL, NULL)");

    @ParameterizedTest
    @ValueSource(strings = {"3.8.7", "3.16.1", "3.28.0", "3.39.3.0"})
    void readsFilesOfOlderVersions(String version) throws Exception {
        for (String settings : List.of(
                "PRAGMA journal_mode = delete",
                "PRAGMA journal_mode = wal",
                "PRAGMA legacy_file_format = on",
                "PRAGMA page_size = 512",
                "PRAGMA encoding = 'UTF-16le'",
                "PRAGMA encoding = 'UTF-16be'",
                "PRAGMA auto_vacuum = incremental")) {
            imports(write(version, settings), version + " " + settings);
        }
    }

    @Test
    void readsFilesOfTheVersionInUse() throws SQLException {
        SqliteFile file = SqliteFile.of("PRAGMA encoding = 'UTF-16be'");
        file.execute(ROWS.toArray(String[]::new));
        imports(file, "own version");
    }

    private static SqliteFile write(String version, String settings) throws Exception {
        SqliteFile file = SqliteFile.of();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar(version).toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Driver driver = (Driver)
                    loader.loadClass("org.sqlite.JDBC").getDeclaredConstructor().newInstance();
            try (Connection connection = driver.connect("jdbc:sqlite:" + file.path(), new Properties());
                    Statement statement = connection.createStatement()) {
                statement.execute(settings);
                for (String sql : ROWS) {
                    statement.execute(sql);
                }
            }
        }
        return file;
    }

    private static Path jar(String version) throws IOException {
        Path folder = Path.of(System.getProperty("schemajob.sqlite", "target/sqlite"));
        if (!Files.isDirectory(folder)) {
            throw Parts.missing("older versions of SQLite in " + folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith("-" + version + ".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void imports(SqliteFile file, String what) throws SQLException {
        Postgres.Database db = Postgres.version(17).createDatabase();
        db.execute(TARGET);
        try (Connection session = db.connect();
                OtherSession eye = OtherSession.of(db)) {
            ImportResult result = Imports.run(session, file, MAPPING, null);
            assertThat(result.verdicts()).as(what).isNotEmpty().allMatch(CheckResult::equal);
            eye.execute("SET timezone = 'UTC'");
            assertThat(eye.rows(
                            "SELECT name, at, text FROM person LEFT JOIN note n ON n.person = person.id ORDER BY name"))
                    .as(what)
                    .containsExactly("|null|null", "Zoë 🤖|2025-01-01 00:00:00+00|x");
            assertThat(eye.count("note")).isEqualTo(2);
        }
    }
}
