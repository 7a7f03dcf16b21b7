package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.job.adopt.BaselineJob;
import io.schemajob.job.data.MaintainJob;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.JobRun;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Event triggers that forbid what a run does: told with the trigger's words, a documented code and never as a defect. */
class GuardedSchemaIT {
    private static final String DIRECTIVE = "-- schemajob: no-transaction\n";

    private final Postgres.Database db = Postgres.version(18).createDatabase();
    private final ScriptFolder folder = ScriptFolder.create()
            .with("001_first.up.sql", "CREATE TABLE first (n int);")
            .with("001_first.down.sql", "DROP TABLE first;");
    private final OtherSession superuser =
            OtherSession.ofSuperuser(db).execute("CREATE SCHEMA other AUTHORIZATION " + db.user());

    @AfterEach
    void close() {
        superuser.close();
    }

    /** A guard with any SQLSTATE: those of other kinds of errors must not lead astray. */
    private void guard(String event, String when, String state, String tags) {
        superuser.execute(
                "DROP EVENT TRIGGER IF EXISTS guard",
                """
                CREATE OR REPLACE FUNCTION other.guard() RETURNS event_trigger LANGUAGE plpgsql AS $$
                BEGIN IF %s THEN RAISE EXCEPTION 'ask the DBA, %% is not for you', tg_tag USING ERRCODE = '%s'; END IF; END $$
                """
                        .formatted(when, state),
                "CREATE EVENT TRIGGER guard ON " + event + (tags == null ? "" : " WHEN tag IN (" + tags + ")")
                        + " EXECUTE FUNCTION other.guard()");
    }

    private void unguard() {
        superuser.execute("DROP EVENT TRIGGER guard");
    }

    private static JobRun refused(JobRun run, ExitStatus status, String... said) {
        assertThat(run.status()).as(run.text()).isEqualTo(status);
        assertThat(run.text()).contains("ask the DBA");
        for (String words : said) {
            assertThat(run.text()).contains(words);
        }
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"P0001", "42501", "0A000", "XX000", "22023", "55000"})
    void ofOurTables(String state) {
        for (String event : List.of("ddl_command_start", "ddl_command_end")) {
            guard(event, "true", state, null);
            JobRun run = refused(
                    JobRun.migrate(db, folder), ExitStatus.ACCESS_DENIED, "The history table could not be created");
            assertThat(run.failure().hint()).contains("pg_event_trigger");
            assertThat(run.failure().message()).contains("other.guard()");
            refused(JobRun.run(db, folder, job -> new BaselineJob(job, "001").execute()), ExitStatus.ACCESS_DENIED);
            unguard();
        }
        assertThat(superuser.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isEqualTo("0");
        assertThat(JobRun.migrate(db, folder, "001").exitCode()).isZero();
        folder.with("002_steps.up.sql", DIRECTIVE + "INSERT INTO first VALUES (1);\nINSERT INTO first VALUES (2);");
        guard("ddl_command_end", "true", state, "'CREATE TABLE'");
        JobRun run = refused(JobRun.migrate(db, folder), ExitStatus.ACCESS_DENIED, "notes how far Migration 002 is");
        assertThat(run.failure().databaseState()).isEqualTo("Nothing of Migration 002 was done; the history says 001.");
        assertThat(superuser.value("SELECT count(*) FROM first")).isEqualTo("0");
    }

    @Test
    void ofAScript() {
        assertThat(JobRun.migrate(db, folder, "001").exitCode()).isZero();
        folder.with("002_next.up.sql", "CREATE TABLE next (n int);\nALTER TABLE next ADD COLUMN m int;")
                .with("002_next.down.sql", "DROP TABLE next;");
        guard("ddl_command_start", "tg_tag = 'ALTER TABLE'", "P0001", null);
        JobRun run = refused(
                JobRun.migrate(db, folder),
                ExitStatus.MIGRATION_FAILED,
                "Migration 002 failed at 002_next.up.sql line 2",
                "Migration 002 was rolled back whole; the schema is at 001.");
        assertThat(run.failure().sqlState()).isEqualTo("P0001");
        assertThat(run.failure().message()).contains("CONTEXT: PL/pgSQL function other.guard() line 2 at RAISE");
        refused(JobRun.dryRun(db, folder), ExitStatus.MIGRATION_FAILED);
        unguard();
        assertThat(JobRun.migrate(db, folder).exitCode()).isZero();
        guard("sql_drop", "true", "P0001", null);
        refused(
                JobRun.rollback(db, folder, "001"),
                ExitStatus.MIGRATION_FAILED,
                "The down script was rolled back whole; the schema is at 002.");
        unguard();
        folder.with("maintenance.sql", "-- task: fresh  Fresh\nCREATE TABLE other.fresh (n int);\n");
        guard("ddl_command_end", "true", "P0001", null);
        refused(
                JobRun.run(db, folder, job -> new MaintainJob(job, Map.of(), List.of()).execute()),
                ExitStatus.MIGRATION_FAILED,
                "The maintenance task fresh failed");
    }

    /** Many servers forbid to drop tables; the note of a script that is done is one. */
    @Test
    void ofWhatDropsTheNoteOfAScript() {
        folder.with("002_steps.up.sql", DIRECTIVE + "INSERT INTO first VALUES (1);\nVACUUM first;")
                .with("003_index.up.sql", "CREATE INDEX CONCURRENTLY first_n ON first (n);")
                .with("004_steps.up.sql", DIRECTIVE + "INSERT INTO first VALUES (2);\nVACUUM first;");
        guard("sql_drop", "true", "P0001", null);
        JobRun run = JobRun.migrate(db, folder);
        assertThat(run.exitCode()).as(run.text()).isZero();
        JobRun again = JobRun.migrate(db, folder);
        assertThat(again.exitCode()).as(again.text()).isZero();
        assertThat(superuser.rows("SELECT n FROM first ORDER BY n")).containsExactly("1", "2");
    }

    @Test
    void ofALogin() {
        guard("login", "current_user = '" + db.user() + "'", "P0001", null);
        try {
            JobRun run = refused(
                    JobRun.migrate(db, folder),
                    ExitStatus.ACCESS_DENIED,
                    "A login trigger of PostgreSQL",
                    "Not touched: no session was opened.");
            assertThat(run.failure().hint()).contains("evtevent = 'login'");
        } finally {
            unguard();
        }
    }
}
