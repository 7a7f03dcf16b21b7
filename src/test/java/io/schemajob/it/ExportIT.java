package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back, and the way to a first mapping. */
class ExportIT {
    private static final String BUNDLE = "agent-platform";

    @TempDir
    Path folder;

    @Test
    void importExportImportGivesEqualChecksums() throws JsonProcessingException {
        SqliteFile file = SqliteFile.phase1(20, 3000);
        file.execute("INSERT INTO tasks (id, title, description) VALUES ('a, \"quoted\" id', 'é🤖', '')");
        Postgres.Database db = Postgres.version(18).createDatabase();
        Path ids = folder.resolve("ids.csv");
        App.Result first = Cli.succeeded(file.importInto(db, BUNDLE, "--output", "json", "--id-map", ids.toString())
                .run());
        Path back = folder.resolve("back.db");
        App.Result export = Cli.succeeded(App.command(
                        "export",
                        "sqlite",
                        back.toString(),
                        "--bundle",
                        BUNDLE,
                        "--id-map",
                        ids.toString(),
                        "--output",
                        "json")
                .database(db)
                .run());
        assertThat(new ObjectMapper().readTree(export.out()).path("details").path("leftBehind"))
                .isEmpty();
        Postgres.Database again = Postgres.version(14).createDatabase();
        SqliteFile written = SqliteFile.existing(back);
        App.Result second = Cli.succeeded(
                written.importInto(again, BUNDLE, "--output", "json").run());
        assertThat(checksums(second)).isEqualTo(checksums(first)).hasSizeGreaterThan(17);
        String columns = "SELECT id, title, description, status, priority, assigned_agent_id FROM tasks ORDER BY id";
        assertThat(written.rows(columns)).isEqualTo(file.rows(columns)).hasSize(3001);
    }

    /** New rows have no old id, and what phase 1 has no column for is said. */
    @Test
    void writesWhatTheApplicationAddedSince() {
        Postgres.Database db = Postgres.version(16).createDatabase();
        Cli.succeeded(SqliteFile.phase1(2, 3).importInto(db, BUNDLE).run());
        Path back = folder.resolve("back.db");
        try (OtherSession eye = OtherSession.of(db)) {
            eye.execute(
                    "INSERT INTO tasks (id, title, step_order) VALUES ('00000000-0000-0000-0000-00000000000a', 'new', 4)");
        }
        App.Result export = App.command("export", "sqlite", back.toString(), "--bundle", BUNDLE)
                .database(db)
                .run();
        assertThat(export.exitCode()).as(export.text()).isZero();
        assertThat(export.out()).contains("WARNING: tasks.step_order has no place in the SQLite file", "checksum");
        assertThat(SqliteFile.existing(back).rows("SELECT id, status FROM tasks WHERE title = 'new'"))
                .containsExactly("00000000-0000-0000-0000-00000000000a|pending");
        Cli.failed(
                ExitStatus.CONFIG,
                App.command("export", "sqlite", back.toString(), "--bundle", BUNDLE)
                        .database(db)
                        .run());
    }

    @Test
    void suggestionIsAMappingThatWorks() throws IOException {
        SqliteFile file = SqliteFile.phase1(2, 10);
        file.execute("CREATE TABLE alembic_version (version_num TEXT)");
        Postgres.Database db = Postgres.version(16).createDatabase();
        Cli.succeeded(App.command("migrate", "--bundle", BUNDLE).database(db).run());
        App.Result draft =
                Cli.succeeded(App.command("import", "sqlite", file.toString(), "--bundle", BUNDLE, "--suggest")
                        .database(db)
                        .run());
        assertThat(draft.out())
                .contains("assigned_agent_id: {from: assigned_agent_id, as: uuid}", "ignore: [alembic_version]");
        Path mapping = Files.writeString(folder.resolve("import.yaml"), draft.out());
        App.Result result = Cli.succeeded(
                file.importInto(db, BUNDLE, "--mapping", mapping.toString()).run());
        assertThat(result.out()).contains("comparisons are equal");
        assertThat(file.folder()).containsExactly("agents.db");
    }

    /** Case, number, likeness; what is written stays, what is open is listed; the layout makes the same file again. */
    @Test
    void suggestionStartsFromWhatIsWritten() throws IOException {
        String layout =
                """
                CREATE TABLE Customer (ID TEXT PRIMARY KEY, FullName TEXT, "birth day" TEXT, Fax TEXT);
                CREATE TABLE "order" (id INTEGER PRIMARY KEY AUTOINCREMENT, customerId TEXT, placedAt INTEGER, amont REAL);
                CREATE INDEX order_customer ON "order" (customerId);
                CREATE TABLE old_junk (n); -- not wanted
                CREATE VIEW totals AS SELECT customerId AS id, sum(amont) AS total FROM "order" GROUP BY 1;
                CREATE TRIGGER tidy AFTER INSERT ON "order" BEGIN UPDATE "order" SET amont = 0; DELETE FROM old_junk; END;
                """;
        SqliteFile file = SqliteFile.of();
        file.script(
                layout + "INSERT INTO Customer VALUES ('c1', 'Ann', '31.12.1999', NULL);"
                        + "DROP TRIGGER tidy; INSERT INTO \"order\" VALUES (7, 'c1', 1600000000, 2.5);"
                        + "CREATE TRIGGER tidy AFTER INSERT ON \"order\" BEGIN UPDATE \"order\" SET amont = 0; DELETE FROM old_junk; END;");
        ScriptFolder bundle = ScriptFolder.create()
                .with(
                        "001_shop.up.sql",
                        "CREATE TABLE customers (id text PRIMARY KEY, full_name text, birthday date, vip boolean NOT NULL);"
                                + "CREATE TABLE orders (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,"
                                + " customer_id text REFERENCES customers, placed_at timestamptz, amount float8, note text);"
                                + "CREATE TABLE total (id text PRIMARY KEY, total float8);"
                                + "CREATE TABLE audit (n int);");
        Postgres.Database db = Postgres.version(16).createDatabase();
        Cli.succeeded(bundle.migrate(db).run());
        Path partial = Files.writeString(
                folder.resolve("partial.yaml"),
                "zone: Europe/Berlin\ntables:\n  customers:\n    from: Customer\n    columns:\n"
                        + "      birthday: {from: birth day, format: [dd.MM.yyyy]}\n      vip: {constant: '0'}\n");
        App.Result draft = Cli.succeeded(App.command(
                        "import",
                        "sqlite",
                        file.toString(),
                        "--bundle",
                        bundle.path().toString(),
                        "--mapping",
                        partial.toString(),
                        "--suggest")
                .database(db)
                .run());
        assertThat(draft.out())
                .contains("zone: \"Europe/Berlin\"", "birthday: {from: birth day, format: [dd.MM.yyyy]}")
                .contains("full_name: FullName", "ignore: [Fax]")
                .contains("  orders:\n    from: order\n", "customer_id: customerId", "epoch: seconds}")
                .contains("amount: {from: amont, as: float}  # a guess: the names are only alike")
                .contains("# get their default, or NULL: note", "  total:\n    from: totals\n")
                .contains("# Nothing fills these tables of the target: audit", "ignore: [old_junk]");
        Path mapping = Files.writeString(folder.resolve("import.yaml"), draft.out());
        App.Result result = file.importInto(db, bundle.path().toString(), "--mapping", mapping.toString())
                .run();
        assertThat(result.exitCode()).as(draft.out() + result.text()).isZero();
        Path back = folder.resolve("back.db");
        App.Result export = App.command(
                        "export",
                        "sqlite",
                        back.toString(),
                        "--bundle",
                        bundle.path().toString(),
                        "--mapping",
                        mapping.toString())
                .database(db)
                .run();
        assertThat(export.exitCode()).as(export.text()).isZero();
        for (String sql : List.of(
                "SELECT type, name, sql FROM sqlite_master ORDER BY name",
                "SELECT id, customerId, placedAt, typeof(placedAt), amont FROM \"order\"",
                "SELECT ID, FullName, \"birth day\", Fax FROM Customer",
                "SELECT * FROM totals",
                "SELECT * FROM sqlite_sequence")) {
            assertThat(SqliteFile.existing(back).rows(sql)).as(sql).isEqualTo(file.rows(sql));
        }
        assertThat(folder.toFile().list()).doesNotContain("back.db.partial", "back.db.ids.partial");
    }

    private static Map<String, List<String>> checksums(App.Result result) throws JsonProcessingException {
        Map<String, List<String>> checksums = new TreeMap<>();
        for (JsonNode line :
                new ObjectMapper().readTree(result.out()).path("details").path("validation")) {
            if (line.path("check").asText().equals("checksum")) {
                checksums.put(
                        line.path("subject").asText(),
                        List.of(
                                line.path("source").asText(),
                                line.path("target").asText()));
            }
        }
        return checksums;
    }
}
