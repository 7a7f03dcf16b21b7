package io.schemajob.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.importer.load.FindingGroup;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.SqliteFile;
import io.schemajob.testing.TemporaryFolders;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fault that every row has hides no other; what a stopped run has found is told. */
class FindingGroupsIT {
    private static final String TABLES =
            """
            CREATE TABLE people (id text PRIMARY KEY);
            CREATE TABLE tasks (id text PRIMARY KEY, at timestamptz, n int CHECK (n > 0), name varchar(5),
                person text REFERENCES people, code text UNIQUE, raw bytea, CHECK (n < 100 OR name IS NOT NULL));
            """;
    private static final String MAPPING =
            """
            tables:
              people: {columns: {id: id}}
              tasks: {columns: {id: id, at: at, n: n, name: name, person: person, code: code, raw: raw}}
            """;
    private static final String LAYOUT =
            "CREATE TABLE people (id TEXT PRIMARY KEY); CREATE TABLE tasks (id TEXT PRIMARY KEY, at, n, name, person, code, raw)";

    /** Every row has a bad time, and every row that has another fault has the bad time too. */
    private static SqliteFile dirty() {
        return SqliteFile.of(LAYOUT)
                .execute(
                        """
                        INSERT INTO tasks WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 3000)
                        SELECT 't' || i, 'soon', CASE WHEN i % 10 = 0 THEN -1 ELSE i % 99 + 1 END, 'name', NULL, i, NULL FROM r;
                        UPDATE tasks SET name = 'toolong' || rowid WHERE rowid IN (7, 77);
                        UPDATE tasks SET person = 'nobody' WHERE rowid = 78;
                        UPDATE tasks SET code = CASE rowid WHEN 5 THEN '6' WHEN 8 THEN '9' ELSE code END WHERE rowid < 10;
                        UPDATE tasks SET code = CAST(code AS TEXT), raw = CASE rowid WHEN 99 THEN 'x' END;
                        UPDATE tasks SET n = 101, name = NULL WHERE rowid = 333;
                        """);
    }

    @Test
    void everyKindIsToldWithItsNumber() throws SQLException {
        Postgres.Database db = Postgres.version(15).createDatabase();
        db.execute(TABLES);
        try (Connection session = db.connect()) {
            ImportResult result = new ImportResult();
            SchemajobException e = catchThrowableOfType(
                    SchemajobException.class, () -> Imports.run(session, dirty(), MAPPING, null, result));
            assertThat(e.status()).isEqualTo(ExitStatus.IMPORT_REJECTED);
            assertThat(result.findingGroups())
                    .extracting(FindingGroupsIT::shown)
                    .containsExactlyInAnyOrder(
                            "tasks|at|is not an ISO 8601 date and time|3000|1 (id 't1')|'soon'",
                            "tasks|name|is longer than character varying(5) holds|2|7 (id 't7')|'toolong7'",
                            "tasks|n|violates the check tasks_n_check|300|10 (id 't10')|-1",
                            "tasks|n, name|violates the check tasks_check|1|333 (id 't333')|101, NULL",
                            "tasks|code|has the same code as another row|4|5 (id 't5')|'6'",
                            "tasks|person|names a row of public.people that is not there|1|78 (id 't78')|'nobody'",
                            "tasks|raw|has storage class text, not blob|1|99 (id 't99')|'x'");
            assertThat(result.findingCount()).isEqualTo(3309);
            assertThat(e.failure().message()).startsWith("3,309 values of the SQLite file do not fit, for 7 reasons");
        }
    }

    /** What makes rows unique is not always a column. */
    @Test
    void expressionsPartsAndExclusionsAreChecked() throws SQLException {
        Postgres.Database db = Postgres.version(16).createDatabase();
        db.execute(
                """
                CREATE TABLE t (id int PRIMARY KEY, email text, kind text, a int, b int, owner int, "max" int DEFAULT 3,
                    EXCLUDE USING gist (int4range(a, b) WITH &&) WHERE (kind <> 'free'));
                CREATE UNIQUE INDEX t_email ON t (lower(email), kind);
                CREATE UNIQUE INDEX t_owner ON t (owner) INCLUDE (a) WHERE kind = 'main';
                CREATE UNIQUE INDEX t_max ON t (("max" + id));
                """);
        SqliteFile file = SqliteFile.of(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, email, kind, a, b, owner)",
                """
                INSERT INTO t VALUES (1, 'Ann@x', 'k', 1, 5, 1), (2, 'aNN@x', 'k', 6, 9, 1), (3, 'ann@x', 'other', 20, 30, 1),
                    (4, 'b', 'main', 40, 50, 1), (5, 'c', 'main', 50, 60, 1), (6, 'd', 'main', 45, 46, 2),
                    (7, NULL, 'free', NULL, NULL, NULL), (8, NULL, 'main', 70, 80, NULL), (10, NULL, 'main', 80, 90, NULL), (9, 'e', 'free', 1, 99, 5)
                """);
        String mapping = "tables: {t: {columns: {id: id, email: email, kind: kind, a: a, b: b, owner: owner}}}";
        try (Connection session = db.connect()) {
            ImportResult result = new ImportResult();
            catchThrowableOfType(SchemajobException.class, () -> Imports.run(session, file, mapping, null, result));
            assertThat(result.findingGroups())
                    .extracting(FindingGroupsIT::shown)
                    .containsExactlyInAnyOrder(
                            "t|kind, email|has the same lower(email), kind as another row|2|1|'Ann@x', 'k'",
                            "t|owner, kind|has the same owner where kind = 'main'::text as another row|2|4|'main', 1",
                            "t|kind, a, b|excludes, by its int4range(a, b) where kind <> 'free'::text, another row|2|4|'main', 40, 50");
            Path rejects = TemporaryFolders.create("unique").resolve("rejects");
            assertThat(Imports.run(session, file, mapping, rejects).rowsRejected())
                    .isEqualTo(5);
        }
    }

    /** What the server fills is not in the file, and is told of the staged row. */
    @Test
    void keysOverColumnsThatTheServerFillsAreChecked() throws SQLException {
        Postgres.Database db = Postgres.version(16).createDatabase();
        db.execute(
                """
                CREATE TABLE par (a int, b int, PRIMARY KEY (a, b));
                CREATE TABLE q (id int PRIMARY KEY);
                CREATE TABLE t (id int PRIMARY KEY, a int, b int, x text GENERATED ALWAYS AS (a || 'x') STORED UNIQUE,
                    n int GENERATED ALWAYS AS (b + 1) STORED REFERENCES q, CHECK (n < 10), kind text DEFAULT 'k',
                    slot int DEFAULT 7 REFERENCES q, code int, UNIQUE (kind, code), FOREIGN KEY (a, b) REFERENCES par MATCH FULL);
                """);
        SqliteFile file = SqliteFile.of(
                "CREATE TABLE par (a, b); CREATE TABLE q (id INTEGER PRIMARY KEY);"
                        + " CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, code)",
                """
                INSERT INTO q VALUES (6), (7);
                INSERT INTO par VALUES (1, 5), (2, 5), (3, 6), (4, 77), (5, 5), (9, 5);
                INSERT INTO t VALUES (1, 1, 5, 1), (2, 1, 5, 2), (3, 3, 6, 3), (4, 4, 77, 4), (5, 5, 5, 9), (6, 2, 5, 9), (7, 8, NULL, 7),
                    (8, NULL, NULL, 8), (9, 9, 5, 10)
                """);
        String mapping = "tables: {par: {columns: {a: a, b: b}}, q: {columns: {id: id}},"
                + " t: {columns: {id: id, a: a, b: b, code: code}}}";
        try (Connection session = db.connect()) {
            ImportResult result = new ImportResult();
            catchThrowableOfType(SchemajobException.class, () -> Imports.run(session, file, mapping, null, result));
            assertThat(result.findingGroups())
                    .extracting(FindingGroupsIT::shown)
                    .containsExactlyInAnyOrder(
                            "t|n|violates the check t_n_check|1|4|78",
                            "t|x|has the same x as another row|2|1|'1x'",
                            "t|n|names a row of public.q that is not there|1|4|78",
                            "t|kind, code|has the same kind, code as another row|2|5|9, 'k'",
                            "t|a, b|has NULL in a part of a key to public.par (MATCH FULL)|1|7|8, NULL");
            Path rejects = TemporaryFolders.create("computed").resolve("rejects");
            assertThat(Imports.run(session, file, mapping, rejects).rowsRejected())
                    .isEqualTo(6);
        }
    }

    private static String shown(FindingGroup group) {
        return String.join(
                "|",
                group.table(),
                group.column(),
                group.reason(),
                String.valueOf(group.count()),
                group.first().place(),
                group.first().value());
    }

    /** Keys that are too long, and what a trigger says: the server's words alone do not say where. */
    @Test
    void tableOfWhatTheServerRefusesIsNamed() throws SQLException {
        Postgres.Database db = Postgres.version(16).createDatabase();
        db.execute(
                """
                CREATE TABLE t (id int PRIMARY KEY, v text);
                CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
                CREATE TRIGGER no BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.v = 'x') EXECUTE FUNCTION no();
                CREATE UNIQUE INDEX ON t (v);
                """);
        String mapping = "tables: {t: {columns: {id: id, v: v}}}";
        String layout = "CREATE TABLE t (id INTEGER PRIMARY KEY, v)";
        SqliteFile bad = SqliteFile.of(layout, "INSERT INTO t VALUES (1, 'x')");
        SqliteFile large = SqliteFile.of(layout, "INSERT INTO t VALUES (1, hex(randomblob(9000)))");
        try (Connection session = db.connect()) {
            assertThat(catchThrowableOfType(SchemajobException.class, () -> Imports.run(session, bad, mapping, null)))
                    .hasMessage("The server refuses the rows: t: no");
            assertThat(catchThrowableOfType(SchemajobException.class, () -> Imports.run(session, large, mapping, null)))
                    .hasMessageStartingWith("The server refuses the rows: t: index row");
        }
    }

    /** As many examples as were asked for of each group, and the table of all first. */
    @Test
    void examplesAreBoundedByGroup() {
        Postgres.Database db = Postgres.version(17).createDatabase();
        ScriptFolder folder = ScriptFolder.create().with("001_t.up.sql", TABLES).with("import.yaml", MAPPING);
        App.Result result = dirty().importInto(db, folder.path().toString(), "--dry-run", "--max-findings", "2")
                .run();
        assertThat(result.exitCode()).as(result.text()).isEqualTo(84);
        assertThat(result.out().indexOf("violates the check tasks_n_check"))
                .as("the table of all kinds stands before the examples")
                .isLessThan(result.out().indexOf("tasks row 1 (id 't1')"));
        assertThat(result.out())
                .contains(
                        "tasks row 2 (id 't2'): at 'soon' is not an ISO 8601 date and time",
                        "… and 2,998 more of tasks.at")
                .contains("tasks row 78 (id 't78'): person 'nobody' names a row of public.people that is not there")
                .doesNotContain("tasks row 3 (id 't3'): at");
    }

    /** The check waits for a lock of ours, so the run is stopped when it knows of the values and not of the checks. */
    @ParameterizedTest
    @EnumSource(names = {"TRY_AGAIN", "TERMINATED"})
    void whatAStoppedRunHasFoundIsTold(ExitStatus stop) throws Exception {
        Postgres.Database db = Postgres.version(16).createDatabase();
        db.execute("CREATE FUNCTION slow(n int) RETURNS boolean LANGUAGE sql AS"
                + " 'SELECT pg_advisory_xact_lock_shared(77) IS NOT NULL';"
                + " CREATE TABLE t (id int PRIMARY KEY, n int CHECK (slow(n)))");
        SqliteFile file = SqliteFile.of(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, n)", "INSERT INTO t VALUES (1, 'x'), (2, 2), (3, 'y')");
        CancellationToken cancellation = new CancellationToken();
        ImportResult result = new ImportResult();
        try (OtherSession other = OtherSession.of(db);
                Connection session = db.connect()) {
            other.execute("SELECT pg_advisory_lock(77)");
            CompletableFuture<SchemajobException> run = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                    SchemajobException.class,
                    () -> Imports.run(
                            session, file, "tables: {t: {columns: {id: id, n: n}}}", null, result, cancellation)));
            other.await("SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
            cancellation.stop(Failure.of(stop, "The import took longer than 1 s."));
            other.execute("SELECT pg_advisory_unlock(77)");
            SchemajobException e = run.get();
            if (stop == ExitStatus.TRY_AGAIN) {
                assertThat(e.status()).isEqualTo(ExitStatus.IMPORT_REJECTED);
                assertThat(e.failure().message())
                        .contains("At least 2 values", "Not every row was looked at: The import took longer than 1 s.");
            } else {
                assertThat(e.status()).isEqualTo(stop);
            }
            assertThat(result.findingGroups())
                    .extracting(FindingGroupsIT::shown)
                    .containsExactly("t|n|is not a whole number|2|1|'x'");
        }
    }
}
