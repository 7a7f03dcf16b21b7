package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.SqliteFile;
import io.schemajob.testing.TemporaryFolders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** No phase of an import or an export is silent for long: each is made slow here, and has to say what it is at. */
class ImportProgressIT {
    private static final int ROWS = 60;

    /** A function that takes its time for each row. */
    private static final String SLOW = "CREATE FUNCTION slow(n bigint) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS"
            + " $$ BEGIN PERFORM pg_catalog.pg_sleep(0.1); RETURN n; END $$;";

    /** Keys that form a circle: indexes and keys are made when the rows are there, few as they are. */
    private static final String TABLE = "CREATE TABLE u (id bigint PRIMARY KEY, up bigint);"
            + "CREATE TABLE t (id bigint PRIMARY KEY, up bigint REFERENCES u, n bigint%s);"
            + "ALTER TABLE u ADD FOREIGN KEY (up) REFERENCES t;";

    private static final String MAPPING =
            "tables: {u: {columns: {id: id, up: up}}, t: {columns: {id: id, up: up, n: n}}}\n";
    private static final Postgres SERVER = Postgres.version(17);

    private static SqliteFile file() {
        return SqliteFile.of(
                "CREATE TABLE u (id INTEGER PRIMARY KEY, up INTEGER)",
                "INSERT INTO u VALUES (1, 1)",
                "CREATE TABLE t (id INTEGER PRIMARY KEY, up INTEGER, n INTEGER)",
                "INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + ROWS
                        + ") SELECT i, 1, i FROM n");
    }

    private static App.Result imported(String ddl, SqliteFile file, String... more) {
        ScriptFolder bundle = ScriptFolder.create().with("001_t.up.sql", ddl).with("import.yaml", MAPPING);
        return file.importInto(SERVER.createDatabase(), bundle.path().toString(), more)
                .run();
    }

    @Test
    void everyPhaseOfTheServerIsTold() {
        CompletableFuture<App.Result> index = CompletableFuture.supplyAsync(
                () -> imported(SLOW + TABLE.formatted("") + "CREATE INDEX t_slow ON t (slow(n));", file()));
        SqliteFile unfit = file().execute("UPDATE t SET up = 999 WHERE id = 7");
        Path rejects = TemporaryFolders.create("rejects").resolve("r");
        CompletableFuture<App.Result> check = CompletableFuture.supplyAsync(
                () -> imported(SLOW + TABLE.formatted(" CHECK (slow(n) > 0)"), unfit, "--rejects", rejects.toString()));
        CompletableFuture<App.Result> deferred = CompletableFuture.supplyAsync(() -> imported(
                "CREATE TABLE u (id bigint PRIMARY KEY, up bigint); CREATE TABLE t (id bigint PRIMARY KEY, up bigint, n bigint);"
                        + "CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN PERFORM pg_catalog.pg_sleep(0.1); RETURN NULL; END $$;"
                        + "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED"
                        + " FOR EACH ROW EXECUTE FUNCTION late();",
                file()));
        told(index.join(), "Making index public\\.t_slow \\(\\d of \\d\\) for \\d s: create index: building index");
        told(
                check.join(),
                "Checking a constraint of t \\(1 of \\d\\) for \\d s",
                "Moving rows into t \\(\\d of 2\\) for \\d s");
        told(deferred.join(), "Running deferred triggers for \\d s");
    }

    private static void told(App.Result result, String... patterns) {
        assertThat(result.exitCode()).as(result.text()).isZero();
        for (String pattern : patterns) {
            assertThat(result.out()).containsPattern(pattern);
        }
    }

    /** SQLite takes its time for each row of an index here; the server, for each row that it reads. */
    @Test
    void everyPhaseOfAnExportIsTold() {
        Postgres.Database db = SERVER.createDatabase();
        String slow = "CREATE INDEX t_slow ON t (length(hex(zeroblob(40000000 + n))));\n";
        ScriptFolder bundle = ScriptFolder.create()
                .with("001_t.up.sql", TABLE.formatted(""))
                .with(
                        "import.yaml",
                        MAPPING
                                + "layout: |\n  CREATE TABLE u (id INTEGER PRIMARY KEY, up INTEGER);\n  CREATE TABLE t (id INTEGER PRIMARY KEY, up INTEGER, n INTEGER);\n  "
                                + slow);
        App.Result in = file().importInto(db, bundle.path().toString()).run();
        assertThat(in.exitCode()).as(in.text()).isZero();
        List<String> line = new ArrayList<>(List.of("export", "sqlite"));
        line.add(TemporaryFolders.create("slow").resolve("back.db").toString());
        line.addAll(List.of("--bundle", bundle.path().toString()));
        told(App.command(line.toArray(String[]::new)).database(db).run(), "Making index t_slow \\(1 of 1\\) for \\d s");
    }
}
