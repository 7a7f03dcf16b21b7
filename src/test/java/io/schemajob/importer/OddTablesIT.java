package io.schemajob.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.report.failure.ExitStatus;
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
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of a kind that few have, on either side: there and back. */
class OddTablesIT {
    private static final Postgres SERVER = Postgres.version(17);

    private final Postgres.Database db = SERVER.createDatabase();
    private final Path folder = TemporaryFolders.create("odd");

    /** What SQLite computes is a plain column of PostgreSQL; it is compared on the way back, and computed again. */
    @Test
    void generatedColumnsComeBack() throws SQLException {
        String layout = "CREATE TABLE g (id INTEGER PRIMARY KEY, w REAL, area REAL GENERATED ALWAYS AS (w * w) STORED,"
                + " v TEXT AS ('v' || id), note TEXT)";
        SqliteFile file = SqliteFile.of(layout, "INSERT INTO g (id, w, note) VALUES (1, 1.5, 'a'), (2, 3, NULL)");
        db.execute("CREATE TABLE g (id bigint PRIMARY KEY, w float8, area float8, v text, note text)");
        String mapping =
                "tables: {g: {columns: {id: id, w: w, area: area, v: v, note: note}}}\nlayout: \"" + layout + "\"\n";
        try (Connection session = db.connect()) {
            assertThat(Imports.run(session, file, mapping, null).losses()).isEmpty();
            Path back = folder.resolve("back.db");
            Imports.export(session, mapping, back);
            String all = "SELECT id, w, area, v, note FROM g";
            assertThat(SqliteFile.existing(back).rows(all))
                    .isEqualTo(file.rows(all))
                    .hasSize(2);
            // What the application has changed since, and SQLite would compute in another way.
            db.execute("UPDATE g SET area = 7 WHERE id = 1");
            assertThatThrownBy(() -> Imports.export(session, mapping, folder.resolve("other.db")))
                    .hasMessageContaining("columns whose values SQLite has changed: area");
        }
    }

    /** What SQLite has no value for is refused by name, whatever the server's sums make of it. */
    @ParameterizedTest
    @CsvSource({
        "a, infinity",
        "a, -infinity",
        "b, NaN",
        "c, infinity",
        "c, -infinity",
        "d, NaN",
        "d, Infinity",
        "d, -Infinity",
        "e, NaN",
        "f, infinity",
    })
    void valuesThatSqliteDoesNotHaveAreRefused(String column, String value) throws SQLException {
        db.execute("CREATE TABLE s (id int, a date, b float8, c timestamptz, d numeric, e float4, f timestamp)");
        db.execute("INSERT INTO s (id, %s) VALUES (1, '%s')".formatted(column, value));
        String mapping = "tables: {s: {columns: {id: id, a: a, b: b, c: c, d: d, e: e, f: f}}}\n"
                + "layout: CREATE TABLE s (id, a, b, c, d, e, f)\n";
        try (Connection session = db.connect()) {
            session.setAutoCommit(false);
            assertThatThrownBy(() -> Imports.export(session, mapping, folder.resolve("back.db")))
                    .hasMessage("The file would not be what the database is: s.%s is %s, which SQLite does not have."
                            .formatted(column, value));
            assertThat(folder.toFile().list()).isEmpty();
        }
    }

    @Test
    void tablesOfMoreThanAThousandColumnsAreProved() throws SQLException {
        int width = 1200;
        String columns =
                IntStream.range(0, width).mapToObj(i -> ", c" + i + " text").collect(Collectors.joining());
        String layout = "CREATE TABLE wide (id INTEGER PRIMARY KEY" + columns + ")";
        SqliteFile file = SqliteFile.of(
                layout,
                "INSERT INTO wide (id, c0, c799, c800, c1199) VALUES (1, 'a', 'b', 'c', 'd'), (2, '', NULL, 'x', 'y')");
        db.execute("CREATE TABLE wide (id bigint PRIMARY KEY" + columns + ")");
        String mapping = "tables: {wide: {columns: {id: id"
                + IntStream.range(0, width)
                        .mapToObj(i -> ", c%1$d: c%1$d".formatted(i))
                        .collect(Collectors.joining())
                + "}}}\nlayout: \"" + layout + "\"\n";
        try (Connection session = db.connect()) {
            ImportResult result = Imports.run(session, file, mapping, null);
            assertThat(result.verdicts())
                    .filteredOn(verdict -> verdict.check().equals("checksum"))
                    .hasSize(width + 1);
            Path back = folder.resolve("back.db");
            Imports.export(session, mapping, back);
            String all = "SELECT * FROM wide";
            assertThat(SqliteFile.existing(back).rows(all)).isEqualTo(file.rows(all));
        }
    }

    /** Without a key no row can be asked for; the sums are those of whole rows all the same. */
    @Test
    void valuesThatChangedPlacesInATableWithoutAKeyAreNotEqual() throws SQLException {
        String types = "k text, v text, u uuid, f float8, n numeric, b bytea, t timestamptz, d date, a int[], o bool";
        String layout = "CREATE TABLE t (k, v, u, f, n, b, t, d, a, o)";
        SqliteFile file = SqliteFile.of(
                layout,
                """
                INSERT INTO t VALUES
                    ('a', 'x', '0f8fad5b-d9cb-469f-a165-70867728950e', 1.5, 3, x'00', '2024-01-01 00:00:00', '2024-01-01', '[1]', 1),
                    ('b', 'y', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                    ('b', 'y', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                    (NULL, NULL, NULL, -0.5, 0.25, NULL, NULL, NULL, '[]', 0)
                """);
        String mapping =
                "tables: {t: {columns: {k: k, v: v, u: u, f: f, n: n, b: b, t: t, d: d, a: a, o: o}}}\nlayout: \""
                        + layout + "\"\n";
        db.execute("CREATE TABLE t (" + types + ")");
        try (Connection session = db.connect();
                OtherSession other = OtherSession.of(db)) {
            Imports.run(session, file, mapping, null);
            assertThat(Imports.run(session, file, mapping, null).isAlreadyThere())
                    .isTrue();
            Imports.export(session, mapping, folder.resolve("back.db"));
            db.execute("UPDATE t SET v = CASE k WHEN 'a' THEN 'y' ELSE 'x' END WHERE (k, ctid) IN"
                    + " (SELECT k, min(ctid) FROM t WHERE k IS NOT NULL GROUP BY k)");
            assertThat(other.rows("SELECT v FROM t ORDER BY v")).containsExactly("x", "y", "y", "null");
            assertThatThrownBy(() -> Imports.run(session, file, mapping, null))
                    .hasMessageContaining("The target has rows that are not those of the source: t.k, checksum");
            db.execute(
                    "TRUNCATE t; CREATE FUNCTION swap() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.v :="
                            + " CASE WHEN NEW.k = 'a' THEN 'y' WHEN (SELECT count(*) FROM t) = 1 THEN 'x' ELSE NEW.v END;"
                            + " RETURN NEW; END$$; CREATE TRIGGER swap BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION swap()");
            assertThatThrownBy(() -> Imports.run(session, file, mapping, null))
                    .hasMessageContaining("The target is not what the source is")
                    .hasMessageContaining("t.k, checksum");
        }
    }

    /** A row that no partition takes is found with all the rest. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PARTITION BY RANGE (at); CREATE TABLE a PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')"
                        + " PARTITION BY LIST (kind); CREATE TABLE aa PARTITION OF a FOR VALUES IN ('x', NULL);"
                        + " CREATE TABLE b PARTITION OF m FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
                "PARTITION BY LIST ((extract(year FROM at))); CREATE TABLE a PARTITION OF m FOR VALUES IN (2024)"
                        + " PARTITION BY LIST (kind); CREATE TABLE aa PARTITION OF a FOR VALUES IN ('x', NULL);"
                        + " CREATE TABLE b PARTITION OF m FOR VALUES IN (2025)",
            })
    void rowsThatNoPartitionTakesAreFound(String partitions) throws SQLException {
        db.execute("CREATE TABLE m (id int, at date, kind text, n int CHECK (n > 0)) " + partitions);
        SqliteFile file = SqliteFile.of(
                "CREATE TABLE m (id, at, kind, n)",
                """
                INSERT INTO m VALUES (1, '2024-05-05', 'x', 1), (2, '2024-05-05', NULL, 1), (3, '2024-05-05', 'y', 1),
                    (4, '2025-05-05', 'y', 1), (5, '2026-05-05', 'x', 1), (6, NULL, 'x', -1)
                """);
        String mapping = "tables: {m: {columns: {id: id, at: at, kind: kind, n: n}}}";
        try (Connection session = db.connect();
                OtherSession other = OtherSession.of(db)) {
            ImportResult result = new ImportResult();
            assertThat(catchThrowableOfType(
                            SchemajobException.class, () -> Imports.run(session, file, mapping, null, result)))
                    .isNotNull();
            assertThat(result.findingGroups())
                    .extracting(group -> group.reason() + " " + group.count())
                    .containsExactlyInAnyOrder("violates the check m (partitions) 3", "violates the check m_n_check 1");
            assertThat(result.findings().stream().map(Object::toString))
                    .filteredOn(finding -> finding.startsWith("m row 3: "))
                    .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                    .endsWith("violates the check m (partitions): no partition takes the row");
            assertThat(Imports.run(session, file, mapping, folder.resolve("rejects"))
                            .rowsRejected())
                    .isEqualTo(3);
            assertThat(other.rows("SELECT id FROM m ORDER BY id")).containsExactly("1", "2", "4");
        }
    }

    /** SQLite's own words, and what it was reading; nothing about rooms and permissions. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from: v|of the view v: integer overflow",
                "query: SELECT id, abs(x) AS x FROM s|of the query of t: integer overflow",
            })
    void whatCannotBeComputedIsNamed(String from, String message) throws SQLException {
        SqliteFile file = SqliteFile.of(
                "CREATE TABLE s (id INTEGER PRIMARY KEY, x)",
                "INSERT INTO s VALUES (1, 5), (2, -9223372036854775808), (3, 7)",
                "CREATE VIEW v AS SELECT id, abs(x) AS x FROM s");
        db.execute("CREATE TABLE t (id bigint, x bigint)");
        String mapping = "tables:\n  t:\n    %s\n    columns: {id: id, x: x}\nignore: [s]\n".formatted(from);
        try (Connection session = db.connect()) {
            SchemajobException e =
                    catchThrowableOfType(SchemajobException.class, () -> Imports.run(session, file, mapping, null));
            assertThat(e).hasMessageContaining("SQLite cannot read all rows " + message);
            assertThat(e.failure().hint()).contains("sqlite3").doesNotContain("permissions");
        }
    }

    /** Wherever SQLite is at it: looking at the mapping, counting, reading. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT x AS id FROM c WHERE x < 0",
                "SELECT id FROM (SELECT max(x) AS id FROM c) ORDER BY random()",
                "SELECT x AS id FROM c LIMIT 3 OFFSET 2000000000000",
            })
    void queryWithoutAnEndIsBrokenOff(String select) throws SQLException {
        SqliteFile file = SqliteFile.of("CREATE TABLE s (id INTEGER PRIMARY KEY)");
        ScriptFolder bundle = ScriptFolder.create().with("001_t.up.sql", "CREATE TABLE t (id bigint PRIMARY KEY)");
        bundle.with(
                "import.yaml",
                "tables:\n  t:\n    query: WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) " + select
                        + "\n    columns: {id: id}\nignore: [s]\n");
        App.Result late = App.command(
                        "import",
                        "sqlite",
                        file.toString(),
                        "--bundle",
                        bundle.path().toString(),
                        "--timeout",
                        "4s")
                .database(db)
                .run();
        assertThat(late.exitCode()).as(late.text()).isEqualTo(ExitStatus.TRY_AGAIN.code());
        assertThat(late.err()).contains("The import took longer than 4 s", "001_t.up.sql was applied, and stays.");
        assertThat(file.folder()).as("a copy of which nothing was imported").containsExactly("agents.db");
    }

    @Test
    void failureSaysWhatTheSameRunHasMigrated() throws SQLException {
        SqliteFile file = SqliteFile.of("CREATE TABLE s (id INTEGER PRIMARY KEY)");
        ScriptFolder bundle = ScriptFolder.create()
                .with("001_s.up.sql", "CREATE TABLE s (id bigint PRIMARY KEY)")
                .with("002_note.up.sql", "ALTER TABLE s ADD note text")
                .with("import.yaml", "tables: {s: {columns: {id: nope}}}\n");
        App.Result first = file.importInto(db, bundle.path().toString()).run();
        assertThat(first.exitCode()).as(first.text()).isEqualTo(ExitStatus.CONFIG.code());
        assertThat(first.err())
                .contains("2 scripts were applied, and stay, the last 002_note.up.sql. The import itself: Nothing was");
        App.Result second = file.importInto(db, bundle.path().toString()).run();
        assertThat(second.err()).contains("database: Nothing was changed.");
    }

    @Test
    void suggestionNeedsTables() throws SQLException {
        SqliteFile file = SqliteFile.of("CREATE TABLE s (id INTEGER PRIMARY KEY)");
        ScriptFolder bundle = ScriptFolder.create().with("001_s.up.sql", "CREATE TABLE s (id bigint PRIMARY KEY)");
        App.Result draft =
                file.importInto(db, bundle.path().toString(), "--suggest").run();
        assertThat(draft.exitCode()).as(draft.text()).isEqualTo(ExitStatus.CONFIG.code());
        assertThat(draft.text()).contains("has no tables that rows could be imported into", "schemajob migrate");
        db.execute("CREATE TABLE other (id int)");
        App.Result behind =
                file.importInto(db, bundle.path().toString(), "--suggest").run();
        assertThat(behind.exitCode()).as(behind.text()).isZero();
        assertThat(behind.err()).contains("Not all migrations are applied");
    }

    /** COPY obeys no rule, INSERT does: the same rows had other effects with --rejects. */
    @Test
    void tablesWithRulesAreRefused() throws SQLException {
        SqliteFile file = SqliteFile.of("CREATE TABLE t (id INTEGER PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        db.execute("CREATE TABLE t (id bigint); CREATE TABLE u (id bigint);"
                + "CREATE RULE copied AS ON INSERT TO t DO ALSO INSERT INTO u VALUES (new.id)");
        String mapping = "tables: {t: {columns: {id: id}}}";
        try (Connection session = db.connect()) {
            for (Path rejects : new Path[] {null, folder.resolve("rejects")}) {
                SchemajobException e = catchThrowableOfType(
                        SchemajobException.class, () -> Imports.run(session, file, mapping, rejects));
                assertThat(e).hasMessageContaining("The table t has the rule copied for INSERT");
                assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
            }
            db.execute("ALTER TABLE t DISABLE RULE copied");
            assertThat(Imports.run(session, file, mapping, null).rowsLoaded()).isEqualTo(1);
        }
    }

    /** One that the server cannot compute a column of does not fit, as any other. */
    @Test
    void rowOfWhichTheServerCannotComputeAColumnIsLeftOut() throws SQLException, java.io.IOException {
        SqliteFile file = SqliteFile.of(
                "CREATE TABLE t (id TEXT PRIMARY KEY, n INTEGER)",
                "INSERT INTO t VALUES ('a', 1), ('b', 4611686018427387904), ('c', 2), ('d', 'x'), ('e', 7), ('f', 3)");
        db.execute("CREATE TABLE t (id text PRIMARY KEY, n bigint, z bigint GENERATED ALWAYS AS (n * 3) STORED,"
                + " short varchar(1) GENERATED ALWAYS AS (n) STORED, most int GENERATED ALWAYS AS (nullif(n, 7)) STORED NOT NULL,"
                + " CHECK (z <> 9))");
        String mapping = "tables: {t: {columns: {id: id, n: n}}}";
        List<String> found = List.of(
                "t row 2 (id 'b'): n 4611686018427387904 is not what the server can compute z of: bigint out of range",
                "t row 2 (id 'b'): n 4611686018427387904 is not what the server can compute short of: value too long for type"
                        + " character varying(1)",
                "t row 2 (id 'b'): n 4611686018427387904 is not what the server can compute most of: integer out of range",
                "t row 4 (id 'd'): n 'x' is not a whole number",
                "t row 5 (id 'e'): n 7 makes NULL of most, which needs a value",
                "t row 6 (id 'f'): z 9 violates the check t_z_check: (z <> 9)");
        try (Connection session = db.connect()) {
            ImportResult result = new ImportResult();
            assertThatThrownBy(() -> Imports.run(session, file, mapping, null, result))
                    .hasMessageContaining("values of the SQLite file do not fit, for 6 reasons");
            assertThat(result.findings().stream().map(Object::toString)).containsExactlyInAnyOrderElementsOf(found);
            Path rejects = folder.resolve("rejects");
            assertThat(Imports.run(session, file, mapping, rejects).rowsLoaded())
                    .isEqualTo(2);
            assertThat(java.nio.file.Files.readString(rejects))
                    .contains("n is not what the server can compute z of: bigint out of range");
            try (OtherSession eye = OtherSession.of(db)) {
                assertThat(eye.rows("SELECT id, z, short, most FROM t ORDER BY id"))
                        .hasSize(2);
            }
        }
    }

    /** What raises an error in a trigger hides nothing else. */
    @Test
    void rowsThatATriggerRefusesHideNothing() throws SQLException {
        SqliteFile file = SqliteFile.of(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER)", "INSERT INTO t VALUES (1, 13), (2, 'x')");
        db.execute("CREATE TABLE t (id bigint PRIMARY KEY, n bigint);"
                + "CREATE FUNCTION unlucky() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.n = 13 THEN RAISE EXCEPTION ''no''; END IF; RETURN NEW; END';"
                + "CREATE TRIGGER unlucky BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION unlucky()");
        ImportResult result = new ImportResult();
        try (Connection session = db.connect()) {
            assertThatThrownBy(() -> Imports.run(session, file, "tables: {t: {columns: {id: id, n: n}}}", null, result))
                    .hasMessageContaining("is not a whole number");
        }
    }

    /** They are filled through the table that they are parts of. */
    @Test
    void suggestionLeavesPartitionsOut() throws SQLException {
        SqliteFile file = SqliteFile.of("CREATE TABLE m (id INTEGER PRIMARY KEY)");
        db.execute("CREATE TABLE m (id int) PARTITION BY RANGE (id);"
                + "CREATE TABLE m_1 PARTITION OF m FOR VALUES FROM (0) TO (100); CREATE TABLE other (id int)");
        try (Connection session = db.connect()) {
            assertThat(Suggestion.of(
                            session,
                            "public",
                            null,
                            new io.schemajob.importer.sqlite.OnlineBackup(file.path(), null),
                            new io.schemajob.report.cancel.CancellationToken()))
                    .get(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                    .contains("# Nothing fills these tables of the target: other\n")
                    .contains("  m:");
        }
    }

    /** Its rows were written with those of the table that it is a part of. */
    @Test
    void partitionsAreNotWhatAnExportLeavesBehind() throws SQLException {
        db.execute("CREATE TABLE m (id int) PARTITION BY RANGE (id);"
                + "CREATE TABLE a PARTITION OF m FOR VALUES FROM (0) TO (100) PARTITION BY RANGE (id);"
                + "CREATE TABLE aa PARTITION OF a FOR VALUES FROM (0) TO (100);"
                + "CREATE TABLE other (id int); INSERT INTO other VALUES (1); INSERT INTO m VALUES (1)");
        String mapping = "tables: {m: {columns: {id: id}}}\nlayout: CREATE TABLE m (id)\n";
        try (Connection session = db.connect()) {
            session.setAutoCommit(false);
            assertThat(Imports.export(session, mapping, folder.resolve("back.db"))
                            .leftBehind())
                    .containsExactly("other");
        }
    }

    @Test
    void queryThatNeverGivesTheSameIsSuspected() throws SQLException {
        SqliteFile file =
                SqliteFile.of("CREATE TABLE s (id INTEGER PRIMARY KEY, n)", "INSERT INTO s VALUES (1, 'x'), (2, 7)");
        db.execute("CREATE TABLE t (id int PRIMARY KEY, n bigint)");
        // One row does not fit, so all are read twice.
        String mapping = "tables:\n  t:\n    query: SELECT id, CASE id WHEN 1 THEN n ELSE random() END AS n FROM s\n"
                + "    columns: {id: id, n: n}\nignore: [s]\n";
        try (Connection session = db.connect()) {
            SchemajobException e = catchThrowableOfType(
                    SchemajobException.class, () -> Imports.run(session, file, mapping, folder.resolve("rejects")));
            assertThat(e)
                    .hasMessageContaining("The target is not what the source is")
                    .hasMessageContaining("t.n");
            assertThat(e.failure().hint()).contains("the query of t is read, such as random()");
        }
    }
}
