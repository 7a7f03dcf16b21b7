package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.JobRun;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statements that work on an index concurrently: they run outside a transaction, so whatever interrupts them leaves
 * something behind that the next run has to deal with.
 */
class ConcurrentIndexIT {
    private static final String TABLE = "CREATE TABLE item (id int PRIMARY KEY, name text);"
            + " INSERT INTO item SELECT n, 'name ' || n FROM generate_series(1, 500) n;";
    private static final String WAITING = "SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event = 'virtualxid'"
            + " AND application_name LIKE 'schemajob/%' AND query LIKE '%CONCURRENTLY%'";
    private static final String NO_JOB =
            "SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name LIKE 'schemajob/%'"
                    + " AND datname = current_database()";
    private static final String INVALID = "pg_index WHERE NOT (indisvalid AND indisready)";
    private static final String VALID_INDEX =
            "pg_index WHERE indexrelid = to_regclass('item_name') AND indisvalid AND indisready";

    private Postgres.Database db;
    private OtherSession eye;

    @BeforeEach
    void database() {
        db = Postgres.version(16).createDatabase();
        eye = OtherSession.of(db);
    }

    @AfterEach
    void close() {
        eye.close();
    }

    @Test
    void isBuiltWhileAnotherTransactionIsOpenOnAnotherTable() {
        db.execute("CREATE TABLE elsewhere (n int)");
        try (OtherSession open = OtherSession.of(db)) {
            open.execute("BEGIN", "INSERT INTO elsewhere VALUES (1)");
            App.Result result = scripts("CREATE INDEX CONCURRENTLY item_name ON item (name)")
                    .migrate(db)
                    .run();
            assertThat(result.exitCode()).as(result.text()).isZero();
        }
        assertThat(eye.count(VALID_INDEX)).isEqualTo(1);
        assertThat(applied()).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "IF NOT EXISTS "})
    void killedBuildIsRepairedByTheNextRun(String condition) {
        ScriptFolder scripts = scripts("CREATE INDEX CONCURRENTLY " + condition + "item_name ON item (name)");
        try (OtherSession old = oldSnapshot()) {
            App.Running run = scripts.migrate(db).start();
            eye.await(WAITING);
            run.kill().await();
            // The server notices by itself, while what the build waits for is still there.
            eye.await(NO_JOB);
            assertThat(eye.count(INVALID)).isEqualTo(1);
        }
        App.Result next = scripts.migrate(db).run();
        assertThat(next.exitCode()).as(next.text()).isZero();
        assertThat(next.text()).contains("Index item_name was left invalid by an interrupted run");
        assertThat(eye.count(VALID_INDEX)).isEqualTo(1);
        assertThat(eye.count(INVALID)).isZero();
        assertThat(applied()).isEqualTo("2");
    }

    @Test
    void finishedBuildWithoutItsHistoryRowIsRecordedAndNotRepeated() {
        ScriptFolder scripts = scripts("CREATE INDEX CONCURRENTLY item_name ON item (name)");
        assertThat(JobRun.migrate(db, scripts, "1").exitCode()).isZero();
        eye.execute(
                "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$",
                "CREATE TRIGGER no BEFORE INSERT ON flyway_schema_history FOR EACH ROW EXECUTE FUNCTION no()");
        JobRun refused = JobRun.migrate(db, scripts);
        assertThat(refused.exitCode()).as(refused.text()).isEqualTo(81);
        assertThat(refused.text())
                .contains("and stays; the history does not say so", "what is done does not run again");
        String file = eye.value("SELECT pg_relation_filenode('item_name')");
        eye.execute("DROP TRIGGER no ON flyway_schema_history");
        JobRun next = JobRun.migrate(db, scripts);
        assertThat(next.exitCode()).as(next.text()).isZero();
        assertThat(eye.value("SELECT pg_relation_filenode('item_name')")).isEqualTo(file);
        assertThat(applied()).isEqualTo("2");
    }

    /** Nobody but the run that was cut short may have done it: a name that is wrong is told, as psql would. */
    @Test
    void whatNoRunHasBegunIsForTheServerToSay() {
        ScriptFolder scripts =
                ScriptFolder.create().with("001_table.up.sql", TABLE + " CREATE INDEX item_name ON item (name);");
        for (String wrong : List.of(
                "DROP INDEX CONCURRENTLY item_nmae;",
                "CREATE INDEX CONCURRENTLY item_name ON item (id);",
                "CREATE UNIQUE INDEX CONCURRENTLY item_name ON item (name);",
                "REINDEX INDEX CONCURRENTLY item_nmae;",
                "-- schemajob: no-transaction\nDROP INDEX CONCURRENTLY item_nmae;",
                "-- schemajob: no-transaction\nSET work_mem = '1MB';\nDROP INDEX CONCURRENTLY item_nmae;")) {
            scripts.with("002_change.up.sql", wrong);
            for (int i = 0; i < 2; i++) {
                JobRun run = JobRun.migrate(db, scripts);
                assertThat(run.exitCode()).as(wrong + run.text()).isEqualTo(80);
                assertThat(run.text()).contains("nothing of it remains");
            }
            assertThat(eye.value("SELECT to_regclass('schemajob_progress') IS NULL"))
                    .as(wrong)
                    .isEqualTo("t");
            assertThat(eye.count("flyway_schema_history")).isEqualTo(1);
        }
        scripts.with("002_change.up.sql", "DROP INDEX CONCURRENTLY IF EXISTS item_nmae;");
        assertThat(JobRun.migrate(db, scripts).exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP INDEX CONCURRENTLY item_name",
                "CREATE INDEX CONCURRENTLY item_id ON item (id)",
                "-- schemajob: no-transaction\nINSERT INTO item VALUES (-7, 'x');\nDROP INDEX CONCURRENTLY item_name",
            })
    void killedBetweenTheStatementAndItsNoteTheNextRunGoesOn(String statement) {
        ScriptFolder scripts = ScriptFolder.create()
                .with("001_table.up.sql", TABLE + " CREATE INDEX item_name ON item (name);")
                .with("002_change.up.sql", statement + ";");
        assertThat(JobRun.migrate(db, scripts, "1").exitCode()).isZero();
        try (OtherSession old = oldSnapshot();
                OtherSession holder = OtherSession.of(db)) {
            old.execute("SELECT count(*) FROM item");
            App.Running run = scripts.migrate(db, "--lock-timeout", "60s").start();
            eye.await(WAITING);
            holder.execute("BEGIN", "LOCK TABLE schemajob_progress");
            old.execute("ROLLBACK");
            eye.await(
                    "SELECT count(*) = 1 FROM pg_locks WHERE relation = 'schemajob_progress'::regclass AND NOT granted");
            run.kill().await();
            eye.await(NO_JOB);
        }
        String indexes = eye.value("SELECT string_agg(indexrelid::regclass::text, ',' ORDER BY 1) FROM pg_index"
                + " WHERE indrelid = 'item'::regclass AND indisvalid");
        JobRun next = JobRun.migrate(db, scripts);
        assertThat(next.exitCode()).as(next.text()).isZero();
        assertThat(next.text()).containsAnyOf("is gone already", "is there already");
        assertThat(eye.value("SELECT string_agg(indexrelid::regclass::text, ',' ORDER BY 1) FROM pg_index"
                        + " WHERE indrelid = 'item'::regclass AND indisvalid"))
                .isEqualTo(indexes);
        assertThat(applied()).isEqualTo("2");
        assertThat(eye.value("SELECT to_regclass('schemajob_progress') IS NULL"))
                .isEqualTo("t");
    }

    @Test
    void stoppedBuildAndStoppedRepairAreBothTakenUpAgain() {
        ScriptFolder scripts = scripts("CREATE INDEX CONCURRENTLY item_name ON item (name)");
        try (OtherSession old = oldSnapshot()) {
            stop(scripts);
            assertThat(eye.count(INVALID)).isEqualTo(1);
            // A reader of the table holds up even the removal of the invalid index.
            old.execute("SELECT count(*) FROM item");
            stop(scripts);
        }
        App.Result next = scripts.migrate(db).run();
        assertThat(next.exitCode()).as(next.text()).isZero();
        assertThat(eye.count(VALID_INDEX)).isEqualTo(1);
        assertThat(applied()).isEqualTo("2");
        assertThat(eye.count("flyway_schema_history WHERE NOT success")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REINDEX INDEX CONCURRENTLY item_name",
                "REINDEX TABLE CONCURRENTLY item",
                "DROP INDEX CONCURRENTLY item_name"
            })
    void killedReindexOrDropLeavesNothingBehindOnceItIsRunAgain(String statement) {
        ScriptFolder scripts = ScriptFolder.create()
                .with("001_table.up.sql", TABLE + " CREATE INDEX item_name ON item (name);")
                .with("002_change.up.sql", statement + ";");
        assertThat(scripts.migrate(db, "1").run().exitCode()).isZero();
        try (OtherSession old = oldSnapshot()) {
            old.execute("SELECT count(*) FROM item");
            App.Running run = scripts.migrate(db).start();
            eye.await(WAITING);
            run.kill().await();
            eye.await(NO_JOB);
        }
        App.Result next = scripts.migrate(db).run();
        assertThat(next.exitCode()).as(next.text()).isZero();
        String dropped = statement.startsWith("DROP") ? "" : ",item_name";
        assertThat(eye.value("SELECT string_agg(c.relname || CASE WHEN indisvalid THEN '' ELSE ' invalid' END, ','"
                        + " ORDER BY c.relname DESC) FROM pg_index JOIN pg_class c ON c.oid = indexrelid"
                        + " WHERE indrelid = 'item'::regclass"))
                .isEqualTo("item_pkey" + dropped);
        assertThat(applied()).isEqualTo("2");
    }

    private void stop(ScriptFolder scripts) {
        App.Running run = scripts.migrate(db).start();
        eye.await(WAITING);
        long signal = System.nanoTime();
        App.Result result = run.terminate().await();
        assertThat(result.exitCode()).as(result.text()).isEqualTo(143);
        assertThat(Seconds.since(signal)).isLessThan(Seconds.PROMPTLY);
        eye.await(NO_JOB);
    }

    /** Concurrent builds wait for every transaction that could still need the table as it was. */
    private OtherSession oldSnapshot() {
        return OtherSession.of(db).execute("BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT count(*) FROM pg_class");
    }

    private static ScriptFolder scripts(String index) {
        return ScriptFolder.create().with("001_table.up.sql", TABLE).with("002_index.up.sql", index + ";");
    }

    private String applied() {
        return eye.value("SELECT count(*) FROM flyway_schema_history WHERE success");
    }
}
