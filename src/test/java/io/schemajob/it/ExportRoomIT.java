package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Parts;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.SqliteFile;
import io.schemajob.testing.TemporaryFolders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The room that an export and an import need on disk, in bytes: it lies in the folder that they were told, and is no multiple
 * of what they write. The folder for temporary files is that of a pod whose root file system is read-only, and smaller.
 */
class ExportRoomIT {
    /** Of texts, more than SQLite sorts in memory. */
    private static final long ROWS = 60_000;

    private static final String LAYOUT =
            "layout: |\n  CREATE TABLE t (key TEXT PRIMARY KEY, a TEXT);\n  CREATE INDEX t_a ON t (a);\n";
    private static final String MAPPING = "tables: {t: {columns: {key: key, a: a}}}\n";

    private final Postgres.Database database = Postgres.version(17).createDatabase();
    private final ScriptFolder bundle = ScriptFolder.create()
            .with("001_t.up.sql", "CREATE TABLE t (key uuid PRIMARY KEY, a text);")
            .with("import.yaml", MAPPING + LAYOUT);
    private final Path temporary = TemporaryFolders.create("small-tmp");
    private final Path place = TemporaryFolders.create("place");
    private final String ids = TemporaryFolders.create("ids").resolve("ids.csv").toString();

    @BeforeEach
    void mount() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount a small disk");
        Parts.program("mount", "Debian package mount");
        Assumptions.assumeTrue(
                execute("mount", "-t", "tmpfs", "-o", "size=4m,mode=777", "none", temporary.toString()),
                "cannot mount");
    }

    @AfterEach
    void unmount() throws Exception {
        execute("umount", "-l", temporary.toString());
        execute("umount", "-l", place.toString());
    }

    private App app(String... arguments) {
        return App.of(arguments)
                .database(database)
                .env("SQLITE_TMPDIR", temporary.toString())
                .env("TMPDIR", temporary.toString());
    }

    /** Rows with ids that were not kept. */
    private void fill() {
        SqliteFile source = SqliteFile.of("CREATE TABLE t (key TEXT PRIMARY KEY, a TEXT)");
        source.script(
                """
                INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                SELECT 'key, ' || i, hex(randomblob(16)) || hex(zeroblob(500)) FROM n;
                """
                        .formatted(ROWS));
        App.Result result = source.importInto(database, bundle.path().toString(), "--id-map", ids)
                .run();
        assertThat(result.exitCode()).as(result.text()).isZero();
    }

    private App export(Path file) {
        return app(
                "export", "sqlite", file.toString(), "--bundle", bundle.path().toString(), "--id-map", ids);
    }

    @Test
    void anExportNeedsRoomBesideItsFileOnlyAndNotMuchOfIt() throws Exception {
        fill();
        Path file = place.resolve("back.db");
        App.Running run = export(file).start();
        long most = 0;
        while (run.process().isAlive()) {
            most = Math.max(most, open(run.process().pid(), place));
            Thread.sleep(5);
        }
        App.Result result = run.await();
        assertThat(result.exitCode()).as(result.text()).isZero();
        long size = Files.size(file);
        assertThat(size).isGreaterThan(2 * ROWS * 1024);
        // The file, what its index is sorted in, and the places of the ids.
        assertThat(most).isBetween(size, 2 * size);
        assertThat(place.toFile().list()).containsExactly("back.db");
        assertThat(SqliteFile.existing(file)
                        .rows("SELECT count(*), count(DISTINCT key), min(key), max(length(a)) FROM t INDEXED BY t_a"))
                .containsExactly(ROWS + "|" + ROWS + "|key, 1|1032");
    }

    /** Where there is no room after all, a sentence says so, and nothing is left. */
    @Test
    void anExportThatFindsNoRoomLeavesNothing() throws Exception {
        fill();
        for (String size : new String[] {"200k", "20m", "100m"}) {
            assertThat(execute("mount", "-t", "tmpfs", "-o", "size=" + size, "none", place.toString()))
                    .isTrue();
            App.Result result = export(place.resolve("back.db")).run();
            assertThat(result.exitCode()).as(result.text()).isIn(69, 78);
            assertThat(result.err())
                    .as(size)
                    .containsPattern("(?i)no space|full|room")
                    .contains("next:");
            assertThat(place.toFile().list()).as(result.text()).isEmpty();
            execute("umount", place.toString());
        }
    }

    /** A query that sorts a whole table does so beside the copy of the file. */
    @Test
    void anImportNeedsRoomBesideItsCopyOnly() throws Exception {
        SqliteFile source = SqliteFile.of("CREATE TABLE s (a TEXT)");
        source.script(
                """
                INSERT INTO s WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                SELECT hex(randomblob(16)) || hex(zeroblob(500)) FROM n;
                """
                        .formatted(ROWS));
        Cli.succeeded(bundle.migrate(database).run());
        String query = "SELECT row_number() OVER (ORDER BY a) AS n, a, "
                + "'00000000-0000-0000-0000-' || printf('%012d', rowid) AS key FROM s ORDER BY a DESC";
        bundle.with(
                "import.yaml",
                "tables: {t: {query: \"" + query + "\", columns: {key: key, a: a}, ignore: [n]}}\nignore: [s]\n");
        App.Result result = app(
                        "import",
                        "sqlite",
                        source.toString(),
                        "--bundle",
                        bundle.path().toString(),
                        "--backup-dir",
                        place.toString())
                .run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        try (OtherSession other = OtherSession.of(database)) {
            assertThat(other.count("t")).isEqualTo((int) ROWS);
        }
    }

    /** Bytes of files in a folder that a process has open, also of those that have no name any more. */
    private static long open(long pid, Path folder) {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path file : files) {
                if (Files.readSymbolicLink(file).startsWith(folder)) {
                    bytes += Files.size(file);
                }
            }
        } catch (IOException e) {
            // It has just ended, or closed the file.
        }
        return bytes;
    }

    private static boolean execute(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
