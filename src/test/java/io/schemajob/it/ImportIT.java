package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.BundleFolder;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code import sqlite} does with files of phase 1, clean and dirty. */
class ImportIT {
    private static final String BUNDLE = "agent-platform";

    @TempDir
    Path folder;

    @Test
    void secondImportFindsEverythingThereAndAppendNamesTheConflicts() throws IOException {
        SqliteFile file = SqliteFile.phase1(20, 12_000);
        String before = file.digest();
        Postgres.Database db = Postgres.version(16).createDatabase();
        App.Result first =
                Cli.succeeded(file.importInto(db, BUNDLE, "--output", "json").run());
        JsonNode details = json(first.out()).path("details");
        assertThat(details.path("rows").asLong()).isEqualTo(12_020);
        assertThat(details.path("validation"))
                .allMatch(line -> line.path("equal").asBoolean());
        assertThat(details.path("validation").findValuesAsText("check")).contains("rows", "nulls", "checksum");
        try (OtherSession eye = OtherSession.of(db)) {
            List<String> rows = eye.rows("SELECT * FROM tasks ORDER BY id");
            List<String> indexes = eye.rows("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1");
            assertThat(indexes)
                    .anyMatch(index -> index.contains("idx_tasks_search"))
                    .hasSizeGreaterThan(20);

            Path ids = folder.resolve("ids.csv");
            App.Result second = Cli.succeeded(
                    file.importInto(db, BUNDLE, "--id-map", ids.toString()).run());
            assertThat(Files.readAllLines(ids))
                    .as("ids of a run that may have been killed after its commit")
                    .hasSize(1 + 10 + 4000);
            assertThat(second.out())
                    .contains("All rows are already there. Nothing to do.")
                    .contains("tasks.title");
            assertThat(eye.rows("SELECT * FROM tasks ORDER BY id")).isEqualTo(rows);
            assertThat(eye.count("schemajob_import")).isOne();

            App.Result append = Cli.failed(
                    ExitStatus.IMPORT_REJECTED,
                    file.importInto(db, BUNDLE, "--append").run());
            assertThat(append.out()).contains("agents row 1: id '", "is in the target already (agents_pkey)");
            assertThat(eye.rows("SELECT * FROM tasks ORDER BY id")).isEqualTo(rows);

            eye.execute("UPDATE tasks SET title = 'changed' WHERE id = (SELECT min(id::text)::uuid FROM tasks)");
            App.Result other = Cli.failed(
                    ExitStatus.IMPORT_REJECTED, file.importInto(db, BUNDLE).run());
            assertThat(other.err())
                    .contains("The target has rows that are not those of the source: tasks.title, checksum")
                    .contains("Earlier 12,020 rows of");
        }
        assertThat(file.digest()).isEqualTo(before);
        assertThat(file.folder()).containsExactly("agents.db");
    }

    @Test
    void appendsBesideRowsThatAreThereAndProvesThat() {
        Postgres.Database db = Postgres.version(18).createDatabase();
        Cli.succeeded(SqliteFile.phase1(2, 10).importInto(db, BUNDLE).run());
        SqliteFile more = SqliteFile.of(
                SqliteFile.PHASE_1,
                "INSERT INTO agents (id, name, agent_type) VALUES ('new', 'n', 'master_operator')",
                // refers to a row that is in the target only
                "INSERT INTO tasks (id, title, assigned_agent_id) VALUES ('t', 'x', '00000000-0000-0007-0000-000000000001')");
        App.Result result =
                Cli.succeeded(more.importInto(db, BUNDLE, "--append").run());
        assertThat(result.out()).contains("comparisons are equal");
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.count("tasks")).isEqualTo(11);
            assertThat(eye.count("tasks JOIN agents a ON a.id = assigned_agent_id WHERE title = 'x'"))
                    .isOne();
        }
    }

    @Test
    void everyValueThatDoesNotFitIsNamedAndNothingIsKept() {
        SqliteFile file = dirty();
        Postgres.Database db = Postgres.version(14).createDatabase();
        App.Result result = Cli.failed(
                ExitStatus.IMPORT_REJECTED,
                file.importInto(db, BUNDLE, "--output", "json").run());
        JsonNode details = json(result.out()).path("details");
        assertThat(details.path("findingCount").asLong()).isEqualTo(11);
        assertThat(result.err())
                .contains("agents row 2 (id 'b'): capabilities '[1,' is not valid JSON: it ends too early")
                .contains("agents row 3 (id 'c'): agent_type 'boss' violates the check agents_agent_type_check")
                .contains("tasks row 1 (id '1'): title NULL is NULL, and the column needs a value")
                .contains("tasks row 2 (id '2'): description 'a\\u0000b' has a NUL character at byte 1")
                .contains("tasks row 3 (id '3'): description '\ufffd' is not valid UTF-8 at byte 0")
                .contains("tasks row 4 (id '4'): created_at '2025-02-30' is not a date that exists")
                .contains(
                        "tasks row 5 (id '5'): assigned_agent_id 'nobody' names a row of public.agents that is not there")
                .contains("tasks row 6 (id '6'): status 'done' violates the check tasks_status_check")
                .contains("tasks row 7 (id '7'): title x'00' has storage class blob, not text")
                .contains("tasks row 8: id '0F8FAD5B-D9CB-469F-A165-70867728950E' has the same id as row 9")
                .contains("tasks row 9: id '0f8fad5b-d9cb-469f-a165-70867728950e' has the same id as row 8");
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.count("agents")).isZero();
            assertThat(eye.count("tasks")).isZero();
        }
    }

    private static SqliteFile dirty() {
        return SqliteFile.of(
                SqliteFile.PHASE_1.replace("title TEXT NOT NULL", "title TEXT"),
                """
                INSERT INTO agents (id, name, agent_type) VALUES ('a', 'good', 'master_operator');
                INSERT INTO agents (id, name, agent_type, capabilities) VALUES ('b', 'n', 'master_operator', '[1,');
                INSERT INTO agents (id, name, agent_type) VALUES ('c', 'n', 'boss');
                INSERT INTO tasks (id, title) VALUES ('1', NULL);
                INSERT INTO tasks (id, title, description) VALUES ('2', 't', 'a' || char(0) || 'b');
                INSERT INTO tasks (id, title, description) VALUES ('3', 't', CAST(x'ff' AS TEXT));
                INSERT INTO tasks (id, title, created_at) VALUES ('4', 't', '2025-02-30');
                INSERT INTO tasks (id, title, assigned_agent_id) VALUES ('5', 't', 'nobody');
                INSERT INTO tasks (id, title, status) VALUES ('6', 't', 'done');
                INSERT INTO tasks (id, title) VALUES ('7', x'00');
                INSERT INTO tasks (id, title) VALUES ('0F8FAD5B-D9CB-469F-A165-70867728950E', 't');
                INSERT INTO tasks (id, title) VALUES ('0f8fad5b-d9cb-469f-a165-70867728950e', 't');
                INSERT INTO tasks (id, title, assigned_agent_id) VALUES ('10', 'of a rejected agent', 'b');
                INSERT INTO tasks (id, title, assigned_agent_id) VALUES ('11', 'good', 'a');
                """);
    }

    @Test
    void rejectsGoIntoAFileWithWhatRefersToThem() throws IOException {
        Postgres.Database db = Postgres.version(17).createDatabase();
        Path rejects = folder.resolve("rejects.jsonl");
        Path ids = folder.resolve("ids.csv");
        App.Result result = dirty().importInto(db, BUNDLE, "--rejects", rejects.toString(), "--id-map", ids.toString())
                .run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.out())
                .contains("WARNING: agents: 2 rows were NOT imported")
                .contains("WARNING: tasks: 10 rows were NOT imported");
        List<JsonNode> lines =
                Files.readAllLines(rejects).stream().map(ImportIT::json).toList();
        assertThat(lines).hasSize(12);
        assertThat(lines.get(0).path("values").path("capabilities").asText()).isEqualTo("[1,");
        assertThat(lines.get(11).path("values").path("title").asText()).isEqualTo("of a rejected agent");
        assertThat(Files.readAllLines(ids))
                .hasSize(3)
                .contains("agents,a,d1a4f7bb-4e34-5db1-a80e-5ccb4ac9d6b4,text"
                        .replaceAll("d1a.*,text", newId(db) + ",text"));
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.rows("SELECT title, name FROM tasks JOIN agents a ON a.id = assigned_agent_id"))
                    .containsExactly("good|good");
            assertThat(eye.count("tasks")).isOne();
        }
    }

    /** A run that left rows out is known again by its file and by what it left in the target. */
    @Test
    void secondImportAfterRejectsFindsTheRestThere() throws IOException {
        SqliteFile file = dirty();
        Postgres.Database db = Postgres.version(18).createDatabase();
        String[] options = {
            "--rejects",
            folder.resolve("rejects.jsonl").toString(),
            "--id-map",
            folder.resolve("ids.csv").toString()
        };
        Cli.succeeded(file.importInto(db, BUNDLE, options).run());
        String rejected = Files.readString(folder.resolve("rejects.jsonl"));
        String ids = Files.readString(folder.resolve("ids.csv"));
        try (OtherSession eye = OtherSession.of(db)) {
            String all = "SELECT t::text FROM tasks t UNION ALL SELECT a::text FROM agents a ORDER BY 1";
            List<String> rows = eye.rows(all);
            for (String[] more : List.of(options, new String[] {"--output", "json"})) {
                App.Result again = file.importInto(db, BUNDLE, more).run();
                assertThat(again.exitCode()).as(again.text()).isZero();
                assertThat(again.text())
                        .contains("All rows that fit are already there. Nothing to do.")
                        .contains("WARNING: 12 rows of the source are NOT there");
                if (more != options) {
                    JsonNode details = json(again.out()).path("details");
                    assertThat(details.path("alreadyThere").asBoolean()).isTrue();
                    assertThat(details.path("rejected").asLong()).isEqualTo(12);
                }
            }
            assertThat(eye.rows(all)).isEqualTo(rows);
            assertThat(eye.count("schemajob_import")).isOne();
            assertThat(folder.resolve("rejects.jsonl")).hasContent(rejected);
            assertThat(folder.resolve("ids.csv")).hasContent(ids);

            file.execute("UPDATE tasks SET title = 'corrected' WHERE id = '1'");
            App.Result corrected = Cli.failed(
                    ExitStatus.IMPORT_REJECTED,
                    file.importInto(db, BUNDLE, options).run());
            assertThat(corrected.err()).contains("The target has rows that are not those of the source");
            file.execute("UPDATE tasks SET title = NULL WHERE id = '1'");
            Cli.succeeded(file.importInto(db, BUNDLE, options).run());
            eye.execute("UPDATE tasks SET description = 'written since'");
            Cli.failed(
                    ExitStatus.IMPORT_REJECTED,
                    file.importInto(db, BUNDLE, options).run());
        }
    }

    private static String newId(Postgres.Database db) {
        try (OtherSession eye = OtherSession.of(db)) {
            return eye.value("SELECT id FROM agents");
        }
    }

    @Test
    void orphansAreLeftUnassignedOrSkippedWhereTheMappingSaysSo() throws IOException {
        SqliteFile file = SqliteFile.of(
                SqliteFile.PHASE_1, "INSERT INTO tasks (id, title, assigned_agent_id) VALUES ('5', 't', 'nobody')");
        String yaml = Files.readString(Path.of("src/main/resources/bundles/agent-platform/import.yaml"));
        Path mapping = folder.resolve("import.yaml");
        Files.writeString(mapping, yaml.replace("orphans: reject", "orphans: set null"));
        Postgres.Database db = Postgres.version(16).createDatabase();
        App.Result result =
                file.importInto(db, BUNDLE, "--mapping", mapping.toString()).run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.out()).contains("WARNING: tasks: 1 row named a row that is not there");
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.rows("SELECT title, assigned_agent_id FROM tasks")).containsExactly("t|null");
            App.Result again = Cli.succeeded(
                    file.importInto(db, BUNDLE, "--mapping", mapping.toString()).run());
            assertThat(again.out())
                    .contains("WARNING: 1 row named a row that is not there", "All rows that fit are already there");
            eye.execute("DELETE FROM tasks");
        }
        Files.writeString(mapping, yaml.replace("orphans: reject", "orphans: skip"));
        Path rejects = folder.resolve("rejects.jsonl");
        App.Result skip = file.importInto(db, BUNDLE, "--mapping", mapping.toString(), "--rejects", rejects.toString())
                .run();
        assertThat(skip.exitCode()).as(skip.text()).isZero();
        assertThat(rejects).content().contains("names a row of public.agents that is not there");
    }

    @Test
    void dryRunDoesEverythingAndKeepsNothing() throws IOException {
        SqliteFile file = SqliteFile.phase1(3, 100);
        Postgres.Database db = Postgres.version(15).createDatabase();
        Path ids = folder.resolve("ids.csv");
        App.Result result = Cli.succeeded(file.importInto(db, BUNDLE, "--dry-run", "--id-map", ids.toString())
                .run());
        assertThat(result.out()).contains("comparisons are equal", "nothing was kept");
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.rows("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                    .isEmpty();
        }
        assertThat(ids).doesNotExist();
        assertThat(Files.list(folder)).isEmpty();
    }

    @Test
    void refusesFilesThatAreNoneOfSqlites() throws IOException {
        Postgres.Database db = Postgres.version(16).createDatabase();
        Path encrypted = Files.write(folder.resolve("encrypted.db"), new byte[8192]);
        for (Path file : List.of(encrypted, Files.createFile(folder.resolve("empty.db")), folder.resolve("none.db"))) {
            App.Result result = Cli.failed(
                    ExitStatus.CONFIG,
                    App.command("import", "sqlite", file.toString(), "--bundle", BUNDLE)
                            .database(db)
                            .run());
            assertThat(result.err()).contains(file.getFileName() + " ");
        }
        Cli.failed(ExitStatus.USAGE, App.command("import").database(db).run());
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.count("pg_class WHERE relnamespace = 'public'::regnamespace"))
                    .isZero();
        }
    }

    @Test
    void refusesWhatATriggerChanged() throws IOException {
        SqliteFile file = SqliteFile.phase1(2, 5);
        Postgres.Database db = Postgres.version(16).createDatabase();
        Cli.succeeded(App.command("migrate", "--bundle", BUNDLE).database(db).run());
        try (OtherSession eye = OtherSession.of(db)) {
            eye.execute(
                    "CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS"
                            + " 'BEGIN NEW.title := upper(NEW.title); RETURN NEW; END'",
                    "CREATE TRIGGER shout BEFORE INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION shout()");
            Cli.failed(
                    ExitStatus.VERIFICATION_FAILED, file.importInto(db, BUNDLE).run());
            Path undeclared = BundleFolder.copyOf(BUNDLE);
            Files.delete(undeclared.resolve("schema.yaml"));
            App.Result result = Cli.failedWithTrace(
                    ExitStatus.IMPORT_REJECTED,
                    file.importInto(db, undeclared.toString()).run());
            assertThat(result.err()).contains("tasks.title, checksum");
            assertThat(result.out()).contains("title is TASK 1, not task 1", "DIFFERS");
            assertThat(eye.count("agents")).isZero();
        }
    }

    @Test
    void endsAtItsTimeoutWithNothingKept() {
        SqliteFile file = SqliteFile.phase1(2, 50);
        Postgres.Database db = Postgres.version(16).createDatabase();
        Cli.succeeded(App.command("migrate", "--bundle", BUNDLE).database(db).run());
        try (OtherSession other = OtherSession.of(db)) {
            other.execute("BEGIN", "LOCK TABLE tasks IN ROW EXCLUSIVE MODE");
            App.Result waiting = Cli.failed(
                    ExitStatus.TRY_AGAIN,
                    file.importInto(db, BUNDLE, "--lock-timeout", "100ms").run());
            assertThat(waiting.err()).contains("in use by others");
            App.Result late = Cli.failed(
                    ExitStatus.TRY_AGAIN,
                    file.importInto(db, BUNDLE, "--timeout", "1s", "--lock-timeout", "1m")
                            .run());
            assertThat(late.err()).contains("The import took longer than 1 s");
        }
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
