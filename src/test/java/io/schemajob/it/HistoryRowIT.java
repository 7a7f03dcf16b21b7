package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that stores the rows of the history otherwise than it was told: no run may say that it recorded something. */
class HistoryRowIT {
    private static final String DROP =
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
                    + " CREATE TRIGGER f BEFORE INSERT OR DELETE ON flyway_schema_history FOR EACH ROW EXECUTE FUNCTION f()";
    private static final String RULE =
            "CREATE RULE f AS ON INSERT TO flyway_schema_history WHERE new.version = '002' DO INSTEAD NOTHING";
    private static final String FAIL = "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN new.success := false; RETURN new; END';"
            + " CREATE TRIGGER f BEFORE INSERT ON flyway_schema_history FOR EACH ROW EXECUTE FUNCTION f()";

    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder = ScriptFolder.create()
            .with("001_t.up.sql", "CREATE TABLE t (id int);")
            .with("001_t.down.sql", "DROP TABLE t;");
    private final Cli cli = Cli.of(folder, database);

    @ParameterizedTest
    @ValueSource(strings = {DROP, RULE, FAIL})
    void aScriptWhoseRowIsNotStoredIsRolledBack(String damage) {
        cli.succeeds("migrate");
        database.execute(damage);
        folder.with("002_n.up.sql", "CREATE TABLE n (id int);").with("003_m.up.sql", "CREATE TABLE m (id int);");

        assertThat(cli.fails(ExitStatus.MIGRATION_FAILED, "migrate").err())
                .contains(
                        "Migration 002 could not be recorded in the history: the row was stored otherwise or not at all",
                        "Migration 002 was rolled back whole; the schema is at 001.",
                        "Remove what refuses or changes rows of the history")
                .doesNotContain("002 applied successfully");
        assertThat(cli.rows("SELECT to_regclass('n') IS NULL AND to_regclass('m') IS NULL"))
                .containsExactly("t");

        database.execute(
                damage.equals(RULE)
                        ? "DROP RULE f ON flyway_schema_history"
                        : "DROP TRIGGER f ON flyway_schema_history");
        cli.succeeds("migrate");
        assertThat(cli.applied()).containsExactly("001", "002", "003");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX CONCURRENTLY t_id ON t (id);",
                "-- schemajob: no-transaction\nCREATE TABLE n (id int);\nCREATE INDEX CONCURRENTLY t_id ON t (id);"
            })
    void outsideOfATransactionItIsToldThatTheScriptIsDone(String script) {
        cli.succeeds("migrate");
        database.execute(DROP);
        folder.with("002_n.up.sql", script);

        assertThat(cli.fails(ExitStatus.MIGRATION_PARTIAL, "migrate").err())
                .contains("Migration 002 is done, but its history row could not be written", "is done, and stays")
                .doesNotContain("002 applied successfully");
        assertThat(cli.rows("SELECT to_regclass('t_id') IS NOT NULL")).containsExactly("t");
    }

    @Test
    void whatOnlyRecordsAndWhatRollsBackFailsToo() {
        cli.succeeds("migrate");
        folder.with("002_n.up.sql", "CREATE TABLE n (id int);");
        database.execute(DROP);

        assertThat(cli.app("baseline", "002").run().exitCode()).isNotZero();
        assertThat(cli.app("force", "002", "--yes").run().exitCode()).isNotZero();
        assertThat(cli.app("rollback", "base", "--yes").run().exitCode()).isNotZero();
        assertThat(cli.applied()).containsExactly("001");
        assertThat(cli.rows("SELECT to_regclass('t') IS NOT NULL")).containsExactly("t");
    }

    @Test
    void aSessionThatIsLostBeforeAScriptHasBegunLeavesNoFailedRow() {
        cli.succeeds("migrate");
        folder.with(
                        "002_a.up.sql",
                        "DO $$ BEGIN PERFORM pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND pid <> pg_backend_pid(); END $$;")
                .with("003_b.up.sql", "VACUUM t;");

        cli.fails(ExitStatus.UNAVAILABLE, "migrate");
        assertThat(cli.rows("SELECT count(*) FROM flyway_schema_history WHERE NOT success"))
                .containsExactly("0");
        cli.succeeds("migrate");
        assertThat(cli.applied()).containsExactly("001", "002", "003");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$user", "information_schema", "pg_catalog", "pg_temp"})
    void aSchemaThatASearchPathCannotNameIsRefused(String schema) {
        assertThat(cli.fails(ExitStatus.CONFIG, "migrate", "--schema", schema).err())
                .contains("is \"" + schema + "\"");
        assertThat(cli.rows("SELECT to_regclass('t') IS NULL")).containsExactly("t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE flyway_schema_history (x int)",
                "CREATE VIEW flyway_schema_history AS SELECT 1 AS x"
            })
    void whatOnlyHasTheNameOfTheHistoryIsNone(String sql) {
        database.execute(sql);
        assertThat(cli.fails(ExitStatus.HISTORY_INVALID, "migrate").err()).contains("is not the history of Flyway");
    }

    @Test
    void aRollbackThatIsHalfDoneIsNoQuietHistory() {
        String directive = "-- schemajob: no-transaction\n";
        folder.with("002_n.up.sql", directive + "CREATE TABLE n (id int);\nCREATE TABLE o (id int);")
                .with("002_n.down.sql", directive + "DROP TABLE o;\nDROP TABLE nothing;");
        cli.succeeds("migrate");
        cli.fails(ExitStatus.MIGRATION_PARTIAL, "rollback", "001", "--yes");

        assertThat(cli.prints("info")).contains("002_n.down.sql is half done by an earlier run");
        assertThat(cli.fails(ExitStatus.HISTORY_INVALID, "info", "--exit-code").err())
                .contains("schemajob rollback -1 --yes --bundle ");
        folder.with("002_n.down.sql", directive + "DROP TABLE o;\nDROP TABLE n;");
        cli.succeeds("rollback", "-1", "--yes");
        assertThat(cli.prints("info")).doesNotContain("half done");
    }
}
