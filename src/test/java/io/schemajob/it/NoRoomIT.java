package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.job.RunContext;
import io.schemajob.job.adopt.BaselineJob;
import io.schemajob.job.data.ImportJob;
import io.schemajob.job.data.MaintainJob;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.JobRun;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.SqliteFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server without room, at every stage: 69, and what is said about the database is so. The states are raised by a
 * function that the stage calls; {@link ImportFaultsIT} fills a real disk.
 */
class NoRoomIT {
    private static final String DIRECTIVE = "-- schemajob: no-transaction\n";

    private final Postgres.Database db = Postgres.version(16).createDatabase();
    private final ScriptFolder folder = ScriptFolder.create()
            .with("001_first.up.sql", "CREATE TABLE first (n int);")
            .with("001_first.down.sql", "DROP TABLE first;");
    private final OtherSession eye = OtherSession.of(db);

    NoRoomIT() {
        eye.execute(
                "CREATE SCHEMA other",
                """
                CREATE FUNCTION other.full() RETURNS int LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = current_setting('app.state', true); END $$
                """,
                """
                CREATE FUNCTION other.full_trigger() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RETURN OLD; PERFORM 1; END $$
                """);
        state("53100");
    }

    private void state(String state) {
        eye.execute(
                """
                CREATE OR REPLACE FUNCTION other.full() RETURNS int LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '%s'; END $$
                """
                        .formatted(state),
                """
                CREATE OR REPLACE FUNCTION other.full_trigger() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '%s'; END $$
                """
                        .formatted(state));
    }

    private JobRun unavailable(JobRun run, String... said) {
        assertThat(run.status()).as(run.text()).isEqualTo(ExitStatus.UNAVAILABLE);
        assertThat(run.text()).contains(said).contains("Make room on the server");
        return run;
    }

    private static void succeeded(JobRun run) {
        assertThat(run.status()).as(run.text()).isEqualTo(ExitStatus.OK);
    }

    private List<String> applied() {
        return eye.rows("SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"53000", "53100", "53200", "53300", "53400"})
    void inAScript(String state) {
        state(state);
        folder.with("002_full.up.sql", "CREATE TABLE second (n int);\nSELECT other.full();");
        JobRun run = unavailable(
                JobRun.migrate(db, folder),
                "Migration 002 failed at 002_full.up.sql line 2",
                "Migration 002 was rolled back whole; the schema is at 001.");
        assertThat(run.failure().sqlState()).isEqualTo(state);
        assertThat(eye.value("SELECT to_regclass('second') IS NULL")).isEqualTo("t");
        unavailable(JobRun.dryRun(db, folder), "nothing was changed");
    }

    @Test
    void atTheCommitAndInTheHistory() {
        succeeded(JobRun.migrate(db, folder));
        folder.with(
                "002_deferred.up.sql",
                """
                CREATE TABLE second (n int);
                CREATE CONSTRAINT TRIGGER late AFTER INSERT ON second DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION other.full_trigger();
                INSERT INTO second VALUES (1);
                """);
        unavailable(JobRun.migrate(db, folder), "Migration 002 was rolled back whole; the schema is at 001.");
        unavailable(JobRun.dryRun(db, folder), "nothing was changed");

        folder.with("002_deferred.up.sql", "CREATE TABLE second (n int);");
        eye.execute("CREATE TRIGGER room BEFORE INSERT ON flyway_schema_history FOR EACH ROW"
                + " EXECUTE FUNCTION other.full_trigger()");
        unavailable(JobRun.migrate(db, folder), "Migration 002 was rolled back whole; the schema is at 001.");
        assertThat(eye.value("SELECT to_regclass('second') IS NULL")).isEqualTo("t");

        folder.with("002_deferred.up.sql", "CREATE INDEX CONCURRENTLY first_n ON first (n);");
        unavailable(
                JobRun.migrate(db, folder),
                "is done, but its history row could not be written",
                "and stays; the history does not say so. It says 001.");
        assertThat(eye.value("SELECT to_regclass('first_n') IS NULL")).isEqualTo("f");
        eye.execute("DROP TRIGGER room ON flyway_schema_history");
        succeeded(JobRun.migrate(db, folder));
        assertThat(applied()).containsExactly("001", "002");
    }

    @Test
    void outsideOfATransaction() {
        folder.with("002_x.up.sql", DIRECTIVE + "INSERT INTO first VALUES (1);\nSELECT other.full();");
        unavailable(
                JobRun.migrate(db, folder),
                "statement 1 (line 2): done, and stays; statement 2 (line 3): failed, nothing of it remains.",
                "The history says 001.");
        // What is begun and may have done something is for a person, whatever the reason.
        folder.with(
                "002_x.up.sql",
                DIRECTIVE + "INSERT INTO first VALUES (1);\nDO $$ BEGIN INSERT INTO public.first VALUES (2); COMMIT;"
                        + " PERFORM other.full(); END $$;");
        JobRun partial = JobRun.migrate(db, folder);
        assertThat(partial.status()).as(partial.text()).isEqualTo(ExitStatus.MIGRATION_PARTIAL);
        folder.with(
                "002_x.up.sql",
                DIRECTIVE + "INSERT INTO first VALUES (1);\nCREATE INDEX CONCURRENTLY first_n ON first (n);");
        succeeded(JobRun.migrate(db, folder));
        assertThat(eye.value("SELECT count(*) FROM first")).isEqualTo("2");

        folder.with("003_index.up.sql", "CREATE INDEX CONCURRENTLY first_full ON first ((other.calm(n)));");
        eye.execute("CREATE FUNCTION other.calm(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS"
                + " $$ BEGIN RETURN other.full(); END $$");
        unavailable(JobRun.migrate(db, folder), "what it left, a later run clears away. The history says 002.");
        eye.execute("CREATE OR REPLACE FUNCTION other.calm(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS"
                + " $$ BEGIN RETURN 1; END $$");
        succeeded(JobRun.migrate(db, folder));
    }

    @Test
    void inARollback() {
        folder.with("002_second.up.sql", "CREATE TABLE second (n int);")
                .with("002_second.down.sql", "DROP TABLE second;\nSELECT other.full();");
        succeeded(JobRun.migrate(db, folder));
        unavailable(JobRun.rollback(db, folder, "001"), "The down script was rolled back whole; the schema is at 002.");
        folder.with(
                "002_second.down.sql",
                """
                CREATE CONSTRAINT TRIGGER late AFTER INSERT ON second DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION other.full_trigger();
                INSERT INTO second VALUES (1);
                """);
        unavailable(JobRun.rollback(db, folder, "001"), "The down script was rolled back whole; the schema is at 002.");
        folder.with("002_second.down.sql", "DROP TABLE second;");
        eye.execute("CREATE TRIGGER room BEFORE DELETE ON flyway_schema_history FOR EACH ROW"
                + " EXECUTE FUNCTION other.full_trigger()");
        unavailable(JobRun.rollback(db, folder, "001"), "The down script was rolled back whole; the schema is at 002.");
        assertThat(applied()).containsExactly("001", "002");
        assertThat(eye.value("SELECT to_regclass('second') IS NULL")).isEqualTo("f");
    }

    @Test
    void inChecksRecordsAndTheHistoryTable() {
        eye.execute("CREATE FUNCTION other.full_event() RETURNS event_trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN PERFORM other.full(); END $$");
        try (OtherSession superuser = OtherSession.ofSuperuser(db)) {
            superuser.execute("CREATE EVENT TRIGGER room ON ddl_command_end EXECUTE FUNCTION other.full_event()");
            unavailable(JobRun.migrate(db, folder), "The history table could not be created");
            assertThat(eye.value("SELECT to_regclass('first') IS NULL")).isEqualTo("t");
            unavailable(JobRun.run(db, folder, run -> new BaselineJob(run, "001").execute()), "The history");
            superuser.execute("DROP EVENT TRIGGER room");
        }
        ScriptFolder checked = ScriptFolder.create()
                .with("migrations/001_first.up.sql", "CREATE TABLE first (n int);")
                .with("verify/room.sql", "SELECT other.full();")
                .with("schema.yaml", "tables: {first: {columns: {n: {type: integer}}}}");
        unavailable(JobRun.migrate(db, checked), "This run completed 001_first.up.sql, which stays");
        unavailable(JobRun.verify(db, checked), "Nothing was changed.");
    }

    /** A limit on temporary files is met by the queries of the job itself where the catalog is large. */
    @Test
    void whereTheCatalogIsRead() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            many.append("CREATE TABLE t%d (id int PRIMARY KEY, a text DEFAULT 'x', b text);\n".formatted(i));
        }
        ScriptFolder large = ScriptFolder.create()
                .with("migrations/001_many.up.sql", many.toString())
                .with("schema.yaml", "tables: {t1: {columns: {id: {type: integer}}}}");
        db.server().superuserExecute("ALTER ROLE %s SET temp_file_limit = 0".formatted(db.user()));
        db.server().superuserExecute("ALTER ROLE %s SET work_mem = '64kB'".formatted(db.user()));
        unavailable(
                JobRun.migrate(db, large),
                "The catalog could not be read",
                "temp_file_limit",
                "This run completed 001_many.up.sql, which stays; the schema is at 001.");
    }

    /** The first session gets in, and there is no room for the one that works. */
    @Test
    void whereASessionIsOpened() {
        db.server().superuserExecute("ALTER ROLE %s CONNECTION LIMIT 2".formatted(db.user()));
        Map<String, String> environment = JobRun.environment(db);
        environment.put("SCHEMAJOB_CONNECT_TIMEOUT", "1s");
        JobRun run =
                unavailable(JobRun.run(environment, folder, JobRun.migrating("head")), "too many connections for role");
        assertThat(run.text()).doesNotContain("could not be reached", "Not touched");
        assertThat(run.failure().sqlState()).isEqualTo("53300");
    }

    @Test
    void inMaintenance() {
        folder.with("maintenance.sql", "-- task: clean  Clean\nSELECT other.full() FROM first;\n")
                .with("002_row.up.sql", "INSERT INTO first VALUES (1);");
        succeeded(JobRun.migrate(db, folder));
        unavailable(
                JobRun.run(db, folder, run -> new MaintainJob(run, Map.of(), List.of()).execute()),
                "The maintenance task clean failed");
    }

    @Test
    void inAnImport(@TempDir Path place) {
        ScriptFolder imports = ScriptFolder.create()
                .with("migrations/001_first.up.sql", "CREATE TABLE first (n int PRIMARY KEY);")
                .with("bundle.yaml", "name: x")
                .with("import.yaml", "tables: {first: {columns: {n: n}}}");
        succeeded(JobRun.migrate(db, imports));
        eye.execute("CREATE TRIGGER room BEFORE INSERT ON first FOR EACH ROW EXECUTE FUNCTION other.full_trigger()");
        SqliteFile file = SqliteFile.of("CREATE TABLE first (n INTEGER PRIMARY KEY)", "INSERT INTO first VALUES (1)");
        unavailable(JobRun.run(db, imports, importing(file, place)), "What was not committed was rolled back.");
        eye.execute(
                "DROP TRIGGER room ON first",
                "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON first DEFERRABLE INITIALLY DEFERRED"
                        + " FOR EACH ROW EXECUTE FUNCTION other.full_trigger()");
        unavailable(JobRun.run(db, imports, importing(file, place)), "What was not committed was rolled back.");
        assertThat(eye.value("SELECT count(*) FROM first")).isEqualTo("0");
    }

    static Consumer<RunContext> importing(SqliteFile file, Path place) {
        return run -> new ImportJob(
                        run,
                        new ImportJob.Options(
                                file.path(),
                                null,
                                place,
                                Duration.ofDays(1),
                                false,
                                false,
                                false,
                                true,
                                null,
                                null,
                                1000,
                                100,
                                Duration.ZERO))
                .execute();
    }
}
