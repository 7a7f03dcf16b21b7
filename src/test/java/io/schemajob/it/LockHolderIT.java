package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.database.lock.LockKeys;
import io.schemajob.job.RunContext;
import io.schemajob.job.adopt.BaselineJob;
import io.schemajob.job.data.MaintainJob;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.JobRun;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A lock that was not to be had is told with what is locked and by whom, prepared transactions included. */
class LockHolderIT {
    private static Postgres server;

    private final Postgres.Database db = server.createDatabase();
    private final ScriptFolder folder = ScriptFolder.create()
            .with("001_first.up.sql", "CREATE TABLE first (n int);")
            .with("001_first.down.sql", "DROP TABLE first;");

    @BeforeAll
    static void start() {
        server = Postgres.dedicated(16)
                .setting("max_prepared_transactions", "5")
                .setting("deadlock_timeout", "900ms")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private Map<String, String> hasty() {
        Map<String, String> environment = JobRun.environment(db);
        environment.put("SCHEMAJOB_LOCK_TIMEOUT", "400ms");
        environment.put("SCHEMAJOB_LOCK_RETRIES", "2");
        environment.put("SCHEMAJOB_LOCK_WAIT", "1s");
        return environment;
    }

    private JobRun tryAgain(Consumer<RunContext> job) {
        JobRun run = JobRun.run(hasty(), folder, job);
        assertThat(run.status()).as(run.text()).isEqualTo(ExitStatus.TRY_AGAIN);
        return run;
    }

    private OtherSession holding(String... statements) {
        return OtherSession.of(db)
                .execute("SET application_name = 'night report'", "BEGIN")
                .execute(statements);
    }

    private static String holder(OtherSession holder) {
        return "pid " + holder.value("SELECT pg_backend_pid()") + ", application night report, user ";
    }

    @Test
    void ofATableInEveryKindOfWork() {
        folder.with("maintenance.sql", "-- task: clean  Clean\nDELETE FROM first WHERE n = 1;\n");
        assertThat(JobRun.migrate(db, folder).exitCode()).isZero();
        try (OtherSession holder = holding("LOCK TABLE first")) {
            String[] words = {
                "it waited for", " on first, in the way of which was ", holder(holder), "in a transaction for"
            };
            holder.execute("SELECT 'pass''word', n FROM first");
            folder.with("002_next.up.sql", "ALTER TABLE first ADD COLUMN m int;");
            JobRun run = tryAgain(JobRun.migrating("head"));
            assertThat(run.failure().message()).contains(words).contains("query: SELECT ", "'…', n FROM first");
            assertThat(run.text()).doesNotContain("word',");
            assertThat(String.join("\n", run.lines()))
                    .contains("Migration 002 did not get its lock (55P03); rolled back, try 2 of 2")
                    .contains(words);
            folder.with("002_next.up.sql", "-- schemajob: no-transaction\nALTER TABLE first ADD COLUMN m int;");
            assertThat(tryAgain(JobRun.migrating("head")).failure().message()).contains(words);
            folder.with("002_next.up.sql", "SELECT 1;");
            assertThat(tryAgain(run2 -> new MaintainJob(run2, Map.of(), List.of()).execute())
                            .failure()
                            .message())
                    .contains(words);
            assertThat(tryAgain(run2 -> new io.schemajob.job.migrate.RollbackJob(run2, "base", down -> true).execute())
                            .failure()
                            .message())
                    .contains(words);
        }
    }

    @Test
    void ofTheHistory() {
        assertThat(JobRun.migrate(db, folder).exitCode()).isZero();
        try (OtherSession holder = holding("LOCK TABLE flyway_schema_history")) {
            assertThat(tryAgain(JobRun.migrating("head")).failure().message())
                    .contains("could not be read", "is locked by " + holder(holder));
        }
        try (OtherSession holder = holding("LOCK TABLE flyway_schema_history IN EXCLUSIVE MODE")) {
            folder.with("002_next.up.sql", "CREATE TABLE next (n int);");
            JobRun run = tryAgain(JobRun.migrating("head"));
            assertThat(run.failure().message()).contains("could not be committed", "locked by " + holder(holder));
            assertThat(run.failure().databaseState()).contains("rolled back whole; the schema is at 001.");
            assertThat(tryAgain(run2 -> new BaselineJob(run2, "002").execute())
                            .failure()
                            .message())
                    .contains("locked by " + holder(holder));
        }
    }

    /** It is done, and so the next run, or the next rollback, has only the row to write. */
    @Test
    void ofTheHistoryAfterAScriptOutsideOfATransaction() {
        folder.with("002_index.up.sql", "CREATE INDEX CONCURRENTLY first_n ON first (n);")
                .with("002_index.down.sql", "DROP INDEX CONCURRENTLY first_n;");
        assertThat(JobRun.migrate(db, folder, "001").exitCode()).isZero();
        try (OtherSession holder = holding("LOCK TABLE flyway_schema_history IN EXCLUSIVE MODE")) {
            JobRun run = tryAgain(JobRun.migrating("head"));
            assertThat(run.failure().message()).contains("is done, but its history row could not be written");
        }
        assertThat(JobRun.migrate(db, folder).exitCode()).isZero();
        try (OtherSession holder = holding("LOCK TABLE flyway_schema_history IN EXCLUSIVE MODE")) {
            JobRun run =
                    tryAgain(next -> new io.schemajob.job.migrate.RollbackJob(next, "001", down -> true).execute());
            assertThat(run.failure().databaseState()).contains("is done; the history still says 002");
        }
        assertThat(JobRun.rollback(db, folder, "001").exitCode()).isZero();
    }

    @Test
    void ofADeadlockThatWeLost() {
        assertThat(JobRun.migrate(db, folder).exitCode()).isZero();
        db.execute("CREATE SCHEMA other; CREATE TABLE other.second (n int)");
        folder.with("002_both.up.sql", "LOCK TABLE first; LOCK TABLE other.second;");
        Map<String, String> environment = hasty();
        environment.put("SCHEMAJOB_LOCK_TIMEOUT", "30s");
        environment.put("SCHEMAJOB_LOCK_RETRIES", "1");
        try (OtherSession superuser = OtherSession.ofSuperuser(db);
                OtherSession eye = OtherSession.of(db)) {
            superuser.execute("SET deadlock_timeout = '1h'", "BEGIN", "LOCK TABLE other.second");
            JobRun.Running run = JobRun.start(environment, folder, JobRun.migrating("head"));
            eye.await("SELECT count(*) = 1 FROM pg_locks WHERE relation = 'other.second'::regclass AND NOT granted");
            Thread crossing = new Thread(() -> superuser.execute("LOCK TABLE first", "COMMIT"));
            crossing.start();
            JobRun result = run.await();
            assertThat(result.status()).as(result.text()).isEqualTo(ExitStatus.TRY_AGAIN);
            assertThat(result.failure().sqlState()).isEqualTo("40P01");
            assertThat(result.failure().message())
                    .contains("it waited for AccessExclusiveLock on other.second, in the way of which was pid ");
            join(crossing);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void ofAPreparedTransaction() {
        assertThat(JobRun.migrate(db, folder).exitCode()).isZero();
        folder.with("002_next.up.sql", "ALTER TABLE first ADD COLUMN m int;");
        LockKeys keys = LockKeys.of(db.name(), "public");
        try (OtherSession other = OtherSession.of(db)) {
            other.execute("BEGIN", "LOCK TABLE first", "PREPARE TRANSACTION 'forgotten 1'");
            String named = "the prepared transaction 'forgotten 1' (user " + db.user() + ", for ";
            JobRun run = tryAgain(JobRun.migrating("head"));
            assertThat(run.failure().message()).contains("on first", named, "ROLLBACK PREPARED");
            other.execute("ROLLBACK PREPARED 'forgotten 1'");
            for (long key : List.of(keys.job(), keys.shared())) {
                other.execute(
                        "BEGIN", "SELECT pg_advisory_xact_lock(" + key + ")", "PREPARE TRANSACTION 'forgotten 1'");
                JobRun locked = tryAgain(JobRun.migrating("head"));
                assertThat(locked.failure().message()).contains(named, "ROLLBACK PREPARED");
                assertThat(locked.failure().databaseState()).contains("Nothing was changed.");
                other.execute("ROLLBACK PREPARED 'forgotten 1'");
            }
            assertThat(JobRun.migrate(db, folder).exitCode()).isZero();
        }
    }
}
