package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.CatalogText;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.TemporaryFolders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scripts that fail: what is told, and what is left in the database. */
class ScriptFailureIT {
    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder = ScriptFolder.create()
            .with("001_first.up.sql", "CREATE TABLE first (id int);\nINSERT INTO first VALUES (1), (1);\n");
    private final Cli cli = Cli.of(folder, database);

    @Test
    void anErrorIsNamedWithItsPlaceAndNothingOfTheScriptRemains() {
        folder.with(
                "002_second.up.sql",
                """
                CREATE TABLE second (id int);

                -- title: keys \ud83d\udd11 of two
                INSERT INTO second SELECT generate_series(1, 5);

                ALTER TABLE second
                    ADD COLUMN name text DEFAULT '\ud83d\udd11',
                    ADD COLUMN other
                nosuchtype;
                CREATE TABLE never (id int);
                """);
        folder.with("003_third.up.sql", "CREATE TABLE third (id int);");
        Path report = folder.path().resolve("report.json");

        App.Result failed = Cli.failedWithTrace(
                ExitStatus.MIGRATION_FAILED,
                cli.app("migrate", "--verbose")
                        .env("SCHEMAJOB_REPORT", report.toString())
                        .run());

        assertThat(failed.err())
                .contains("Migration 002 failed at 002_second.up.sql line 9 (statement 3 of 4):"
                        + " ERROR: type \"nosuchtype\" does not exist")
                .contains("SQLSTATE: 42704")
                .contains("script 002_second.up.sql, line 9, statement 3: ALTER TABLE second ADD COLUMN name")
                .contains("Migration 002 was rolled back whole; the schema is at 001.")
                .contains("Correct 002_second.up.sql and run the job again.")
                .contains("\tat io.schemajob.");
        assertThat(CatalogText.of(database)).noneMatch(line -> line.contains("second") || line.contains("third"));
        assertThat(cli.applied()).containsExactly("001");
        JsonNode whole = Cli.json(failed.report());
        assertThat(whole.path("toVersion").asText()).isEqualTo("001");
        assertThat(whole.path("scripts").get(0).asText()).isEqualTo("001_first.up.sql");
        assertThat(whole.path("sqlState").asText()).isEqualTo("42704");
        assertThat(whole.path("where").asText()).contains("line 9");

        folder.with("002_second.up.sql", "CREATE TABLE second (id int);");
        cli.succeeds("migrate");
        assertThat(cli.applied()).containsExactly("001", "002", "003");
    }

    @Test
    void aScriptThatCannotBeTransactionalIsPartialAndRepairLeadsOut() {
        folder.with("002_unique.up.sql", "CREATE UNIQUE INDEX CONCURRENTLY first_id_key ON first (id);");
        folder.with("003_third.up.sql", "CREATE TABLE third (id int);");

        App.Result failed = cli.fails(ExitStatus.MIGRATION_PARTIAL, "migrate");

        assertThat(failed.err())
                .contains("002_unique.up.sql line 1", "SQLSTATE: 23505", "Key (id)=(1) is duplicated")
                .contains("a later run clears away. The history says 001.")
                .contains("Correct the statement in 002_unique.up.sql, or what it met, and run the job again");
        assertThat(cli.rows("SELECT version, success FROM flyway_schema_history"))
                .containsExactly("001 t", "002 f");
        assertThat(cli.succeeds("info").out()).contains("failed", "PROBLEM: migration 002");

        database.execute("DELETE FROM first WHERE ctid = (SELECT max(ctid) FROM first)");
        App.Result repaired = cli.succeeds("repair");
        assertThat(repaired.out())
                .contains("migration 002: 002_unique.up.sql failed on")
                .contains("index first_id_key: invalid before, rebuilt now");
        assertThat(cli.applied()).containsExactly("001");
        cli.succeeds("migrate");
        assertThat(cli.applied()).containsExactly("001", "002", "003");
        assertThat(CatalogText.of(database))
                .contains("index CREATE UNIQUE INDEX first_id_key ON public.first USING btree (id) valid true");
    }

    /** Nothing tells what such a statement has left, so a person has to look. */
    @Test
    void otherScriptsWithoutTransactionWaitForAPerson() {
        folder.with("002_space.up.sql", "CREATE TABLESPACE gone LOCATION '/nonexistent/place';");
        database.server().superuserExecute("ALTER ROLE " + database.user() + " SUPERUSER");
        cli.fails(ExitStatus.MIGRATION_PARTIAL, "migrate");
        App.Result again = cli.fails(ExitStatus.HISTORY_INVALID, "migrate");
        assertThat(again.err()).contains("002_space.up.sql failed on", "schemajob repair");
        folder.with("002_space.up.sql", "VACUUM (FULL) first;");
        cli.succeeds("migrate");
        assertThat(cli.applied()).containsExactly("001", "002");
    }

    @Test
    void aDeferredConstraintFailsAtCommit() {
        folder.with(
                "002_deferred.up.sql",
                """
                CREATE TABLE parent (id int PRIMARY KEY);
                CREATE TABLE child (id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO child VALUES (42);
                """);
        failsAtCommitOfTheSecond();
        folder.with("003_next.up.sql", "CREATE TABLE child_of_next (id int);");
        failsAtCommitOfTheSecond();
    }

    private void failsAtCommitOfTheSecond() {
        App.Result failed = cli.fails(ExitStatus.MIGRATION_FAILED, "migrate");
        assertThat(failed.err())
                .contains(
                        "Migration 002",
                        "child_id_fkey",
                        "SQLSTATE: 23503",
                        "002_deferred.up.sql, after its last statement")
                .contains("Migration 002 was rolled back whole; the schema is at 001.")
                .contains("Correct 002_deferred.up.sql and run the job again.");
        assertThat(CatalogText.of(database)).noneMatch(line -> line.contains("child"));
        assertThat(cli.applied()).containsExactly("001");
    }

    @Test
    void aDownScriptThatFailsAtCommitIsRolledBackToo() {
        folder.with("002_parent.up.sql", "CREATE TABLE parent (id int PRIMARY KEY);");
        folder.with(
                "002_parent.down.sql",
                """
                CREATE TABLE child (id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO child VALUES (42);
                """);
        cli.succeeds("migrate");
        App.Result failed = cli.fails(ExitStatus.MIGRATION_FAILED, "rollback", "-1", "--yes");
        assertThat(failed.err()).contains("Migration 002 could not be rolled back", "SQLSTATE: 23503");
        assertThat(CatalogText.of(database)).noneMatch(line -> line.contains("child"));
        assertThat(cli.applied()).containsExactly("001", "002");
    }

    @Test
    void aGiantErrorIsShortenedWhereKubernetesWouldCutIt() throws Exception {
        folder.with(
                "002_giant.up.sql",
                "DO $$ BEGIN RAISE EXCEPTION 'begin %', repeat('\u6f22\ud83d\udd11\"', 300000); END $$;");
        Path report = TemporaryFolders.create("report").resolve("report.json");
        App.Result failed = cli.app("migrate")
                .env("SCHEMAJOB_LOG_FORMAT", "json")
                .env("SCHEMAJOB_REPORT", report.toString())
                .run();
        assertThat(failed.exitCode()).isEqualTo(80);
        assertThat(failed.termination().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4096);
        assertThat(Cli.json(failed.termination()).path("error").asText())
                .startsWith("Migration 002 failed at 002_giant.up.sql line 1")
                .contains("begin \u6f22");
        assertThat(Cli.json(failed.termination()).path("hint").asText()).contains("002_giant.up.sql");
        assertThat(Cli.json(failed.report()).path("error").asText()).hasSizeGreaterThan(1_000_000);
        List<String> lines = failed.text().lines().toList();
        assertThat(lines).isNotEmpty().allMatch(line -> Cli.json(line).isObject());
        assertThat(Cli.json(lines.get(lines.size() - 1)).path("exitCode").asInt())
                .isEqualTo(80);
    }
}
