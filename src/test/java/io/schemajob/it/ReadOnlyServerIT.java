package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.job.data.MaintainJob;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.JobRun;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.SqliteFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that takes no changes from the middle of a run on, as managed ones do when their disk is full and after a
 * failover: 69. A script that makes its own transaction or session read-only has only itself to blame: 80.
 */
class ReadOnlyServerIT {
    private static final String DIRECTIVE = "-- schemajob: no-transaction\n";

    private static Postgres server;

    private final Postgres.Database db = server.createDatabase();
    private final ScriptFolder folder = ScriptFolder.create()
            .with("001_first.up.sql", "CREATE TABLE first (n int PRIMARY KEY);")
            .with("001_first.down.sql", "DROP TABLE first; LOCK TABLE gate;");
    private final OtherSession holder = OtherSession.of(db).execute("CREATE SCHEMA other");

    @BeforeAll
    static void start() {
        server = Postgres.dedicated(16).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void writable() {
        readOnly(false);
        holder.close();
    }

    private static void readOnly(boolean on) {
        try (OtherSession operator = OtherSession.ofSuperuser(new Postgres.Database(server, "postgres", "", ""))) {
            operator.execute(
                    "SET default_transaction_read_only = off",
                    "ALTER SYSTEM SET default_transaction_read_only = " + (on ? "on" : "off"),
                    "SELECT pg_reload_conf()");
            // Every session sees it with its next statement, once the postmaster has told it.
            operator.await("SELECT setting = '" + (on ? "on" : "off")
                    + "' FROM pg_file_settings WHERE name = 'default_transaction_read_only' AND applied"
                    + " ORDER BY seqno DESC LIMIT 1");
        }
        try (OtherSession fresh = OtherSession.ofSuperuser(new Postgres.Database(server, "postgres", "", ""))) {
            fresh.await("SELECT current_setting('default_transaction_read_only') = '" + (on ? "on" : "off") + "'");
        }
    }

    /** Runs up to the gate, makes the server read-only, and opens the gate. */
    private JobRun struckAtTheGate(Consumer<io.schemajob.job.RunContext> job) {
        holder.execute("CREATE TABLE other.gate (n int)", "BEGIN", "LOCK TABLE other.gate");
        Map<String, String> environment = JobRun.environment(db);
        environment.put("SCHEMAJOB_LOCK_TIMEOUT", "60s");
        JobRun.Running run = JobRun.start(environment, folder, job);
        try (OtherSession eye = OtherSession.of(db)) {
            eye.await("SELECT count(*) = 1 FROM pg_locks WHERE relation = 'other.gate'::regclass AND NOT granted");
        }
        readOnly(true);
        holder.execute("COMMIT");
        return run.await();
    }

    private static void unavailable(JobRun run, String... said) {
        assertThat(run.status()).as(run.text()).isEqualTo(ExitStatus.UNAVAILABLE);
        assertThat(run.text()).contains(said).contains("The server became read-only");
    }

    private static JobRun failed(JobRun run) {
        assertThat(run.status()).as(run.text()).isEqualTo(ExitStatus.MIGRATION_FAILED);
        return run;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE third (n int);",
                "SELECT 1;",
                "SELECT set_config('app.a', '1', false);",
                "",
                "SELECT nextval('s');",
                "CREATE INDEX CONCURRENTLY first_n ON first (n);",
                "VACUUM first;",
                DIRECTIVE + "SELECT 1;\nCREATE TABLE third (n int);",
                DIRECTIVE + "BEGIN;\nCREATE TABLE third (n int);\nCOMMIT;",
            })
    void inMidRun(String next) {
        folder.with("002_wait.up.sql", "CREATE SEQUENCE s; CREATE TABLE second (n int); LOCK TABLE other.gate;")
                .with("003_next.up.sql", next);
        unavailable(struckAtTheGate(JobRun.migrating("head")), "002");
        assertThat(holder.rows("SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank"))
                .containsExactly("001", "002");
        readOnly(false);
        JobRun again = JobRun.migrate(db, folder);
        assertThat(again.status()).as(again.text()).isEqualTo(ExitStatus.OK);
    }

    @Test
    void inARollback() {
        folder.with("002_second.up.sql", "CREATE TABLE second (n int);")
                .with("002_second.down.sql", "DROP TABLE second; LOCK TABLE other.gate;");
        assertThat(JobRun.migrate(db, folder).status()).isEqualTo(ExitStatus.OK);
        unavailable(
                struckAtTheGate(run -> new io.schemajob.job.migrate.RollbackJob(run, "base", down -> true).execute()),
                "The down script was rolled back whole; the schema is at 001.");
    }

    @Test
    void inMaintenanceAndImport(@TempDir Path place) {
        folder.with(
                "maintenance.sql",
                "-- task: wait  Wait\nSELECT count(*) FROM other.gate;\n-- task: clean  Clean\nDELETE FROM first;\n");
        assertThat(JobRun.migrate(db, folder).status()).isEqualTo(ExitStatus.OK);
        unavailable(
                struckAtTheGate(run -> new MaintainJob(run, Map.of(), List.of()).execute()),
                "The maintenance task clean failed");
        readOnly(false);

        folder.with("import.yaml", "tables: {first: {columns: {n: n}}}");
        holder.execute("ALTER TABLE first SET SCHEMA other", "ALTER TABLE other.first SET SCHEMA public");
        SqliteFile file = SqliteFile.of("CREATE TABLE first (n INTEGER PRIMARY KEY)", "INSERT INTO first VALUES (1)");
        holder.execute("BEGIN", "LOCK TABLE first IN ROW EXCLUSIVE MODE");
        Map<String, String> environment = JobRun.environment(db);
        environment.put("SCHEMAJOB_LOCK_TIMEOUT", "60s");
        JobRun.Running run = JobRun.start(environment, folder, NoRoomIT.importing(file, place));
        try (OtherSession eye = OtherSession.of(db)) {
            eye.await("SELECT count(*) > 0 FROM pg_locks WHERE relation = 'first'::regclass AND NOT granted");
        }
        // Its transaction has begun to write: it may end.
        readOnly(true);
        holder.execute("COMMIT");
        JobRun imported = run.await();
        assertThat(imported.status()).as(imported.text()).isIn(ExitStatus.OK, ExitStatus.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET TRANSACTION READ ONLY;\nCREATE TABLE second (n int);",
                "SELECT 1; SET TRANSACTION READ ONLY;",
                "SET LOCAL transaction_read_only = on; INSERT INTO first VALUES (1);",
                "DO $$ BEGIN PERFORM set_config('transaction_read_only', 'on', true); END $$; INSERT INTO first VALUES (1);",
                "CREATE TABLE late (n int REFERENCES first DEFERRABLE INITIALLY DEFERRED);"
                        + " INSERT INTO late VALUES (7); SET TRANSACTION READ ONLY;",
                "CREATE TABLE second (n int); CREATE FUNCTION other.w() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN INSERT INTO public.first VALUES (5); RETURN NULL; END $$;"
                        + " CREATE CONSTRAINT TRIGGER late AFTER INSERT ON second DEFERRABLE INITIALLY DEFERRED"
                        + " FOR EACH ROW EXECUTE FUNCTION other.w(); INSERT INTO second VALUES (1);"
                        + " SET TRANSACTION READ ONLY;",
                DIRECTIVE + "SET default_transaction_read_only = on;\nINSERT INTO first VALUES (1);",
                DIRECTIVE + "BEGIN READ ONLY;\nINSERT INTO first VALUES (1);\nCOMMIT;",
            })
    void aScriptThatSaysSoItself(String script) {
        folder.with("002_own.up.sql", script);
        assertThat(JobRun.migrate(db, folder, "001").status()).isEqualTo(ExitStatus.OK);
        assertThat(failed(JobRun.migrate(db, folder)).text()).doesNotContain("The server became read-only");
        if (!script.startsWith(DIRECTIVE)) {
            folder.with("002_own.up.sql", "CREATE TABLE second (n int);").with("002_own.down.sql", script);
            assertThat(JobRun.migrate(db, folder).status()).isEqualTo(ExitStatus.OK);
            JobRun down = JobRun.rollback(db, folder, "001");
            assertThat(down.status()).as(down.text()).isEqualTo(ExitStatus.MIGRATION_FAILED);
        }
    }
}
