package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.database.lock.LockKeys;
import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs that meet other runs. */
class JobLockIT {
    private static final String SLEEPING = "SELECT count(*) > 0 FROM pg_stat_activity"
            + " WHERE datname = current_database() AND wait_event = 'PgSleep'";

    private final Postgres.Database db = Postgres.version(16).createDatabase();

    @Test
    void eightAtOnceAllSucceedAndEachScriptRunsOnce() {
        ScriptFolder scripts = ScriptFolder.create()
                .with("001_log.up.sql", "CREATE TABLE log (script int);")
                .with("002_two.up.sql", "INSERT INTO log VALUES (2); SELECT pg_sleep(0.1);")
                .with("003_index.up.sql", "CREATE INDEX CONCURRENTLY log_script ON log (script);")
                .with("004_four.up.sql", "INSERT INTO log VALUES (4); SELECT pg_sleep(0.1);")
                .with("005_five.up.sql", "INSERT INTO log VALUES (5);");
        List<App.Running> runs = IntStream.range(0, 8)
                .mapToObj(run -> scripts.migrate(db).start())
                .toList();
        List<App.Result> results = runs.stream().map(App.Running::await).toList();
        assertThat(results)
                .allSatisfy(result ->
                        assertThat(result.exitCode()).as(result.text()).isZero());
        assertThat(results)
                .filteredOn(result -> result.text().contains("already applied. Skipping."))
                .hasSize(7);
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.rows("SELECT script FROM log ORDER BY script")).containsExactly("2", "4", "5");
            assertThat(eye.rows("SELECT version, success FROM flyway_schema_history ORDER BY installed_rank"))
                    .containsExactly("001|t", "002|t", "003|t", "004|t", "005|t");
        }
    }

    /** With dynamic credentials every run is another user, from whom the server hides the age of a session. */
    @Test
    void runOfAnotherUserIsNamedAndItsResultIsTakenOver() {
        ScriptFolder scripts = ScriptFolder.create()
                .with(
                        "001_slow.up.sql",
                        "CREATE TABLE slow (n int); INSERT INTO slow VALUES (1); SELECT pg_advisory_xact_lock(42);");
        db.server().createRole(db.name() + "_second", "pw-second");
        db.execute("GRANT ALL ON SCHEMA public TO public; ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO public");
        try (OtherSession gate = OtherSession.of(db).execute("SELECT pg_advisory_lock(42)")) {
            App.Running holder = scripts.migrate(db, "--lock-timeout", "5m")
                    .env("HOSTNAME", "first-pod")
                    .start();
            gate.await("SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 42 AND NOT granted");
            String pid = gate.value("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND " + key());
            App.Running patient = asSecond(scripts.migrate(db)).start().awaitText("Waiting for another run");

            App.Running impatient =
                    asSecond(scripts.migrate(db, "--lock-wait", "2s")).start();
            impatient.awaitText("Waiting for another run");
            long begin = System.nanoTime();
            App.Result refused = impatient.await();
            assertThat(Seconds.since(begin)).isBetween(0.0, Seconds.PROMPTLY);
            assertThat(refused.exitCode()).as(refused.text()).isEqualTo(75);
            assertThat(refused.err())
                    .contains("did not finish within 2 s", "pid " + pid)
                    .containsPattern("application schemajob/b\\d+ first-pod, user " + db.user())
                    .containsPattern(", for \\d+ s");

            gate.execute("SELECT pg_advisory_unlock(42)");
            assertThat(holder.await().exitCode()).isZero();
            App.Result second = patient.await();
            assertThat(second.exitCode()).as(second.text()).isZero();
            assertThat(second.out()).contains("already applied. Skipping.");
            assertThat(gate.count("slow")).isEqualTo(1);
        }
    }

    @Test
    void sessionThatHoldsTheLockForEverIsNamed() {
        ScriptFolder scripts = ScriptFolder.create().with("001_one.up.sql", "CREATE TABLE one (n int);");
        try (OtherSession holder = OtherSession.of(db)) {
            holder.execute("SET application_name = 'left open'", "SELECT pg_advisory_lock(" + keys().job() + ")");
            App.Result result = scripts.migrate(db, "--lock-wait", "1s").run();
            assertThat(result.exitCode()).as(result.text()).isEqualTo(75);
            assertThat(result.err())
                    .contains("pid " + holder.value("SELECT pg_backend_pid()") + ", application left open")
                    .containsPattern("connected for \\d+ s")
                    .contains("pg_terminate_backend");
            assertThat(result.termination()).contains("\"exitCode\":75", "left open");
            assertThat(holder.value(
                            "SELECT to_regclass('one') IS NULL AND to_regclass('flyway_schema_history') IS" + " NULL"))
                    .isEqualTo("t");
        }
    }

    @Test
    void runThatLosesItsLockBeginsNoFurtherScript() {
        ScriptFolder scripts = ScriptFolder.create()
                .with("001_gate.up.sql", "CREATE TABLE one (n int); SELECT pg_advisory_xact_lock(42);")
                .with("002_two.up.sql", "CREATE TABLE two (n int);");
        try (OtherSession gate = OtherSession.of(db).execute("SELECT pg_advisory_lock(42)")) {
            App.Running run = scripts.migrate(db, "--lock-timeout", "5m").start();
            gate.await("SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 42 AND NOT granted");
            gate.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND " + key(),
                    "SELECT pg_advisory_unlock(42)");
            App.Result result = run.await();
            assertThat(result.exitCode()).as(result.text()).isEqualTo(69);
            assertThat(result.err()).contains("The session that holds the job lock was lost");
            assertThat(gate.value("SELECT to_regclass('one') IS NOT NULL AND to_regclass('two') IS NULL"))
                    .isEqualTo("t");
            App.Result next = scripts.migrate(db).run();
            assertThat(next.exitCode()).as(next.text()).isZero();
        }
    }

    @Test
    void twoSchemasOfOneDatabaseDoNotWaitForEachOther() {
        ScriptFolder slow =
                ScriptFolder.create().with("001_one.up.sql", "CREATE TABLE one (n int); SELECT pg_sleep(120);");
        ScriptFolder quick = ScriptFolder.create().with("001_one.up.sql", "CREATE TABLE one (n int);");
        try (OtherSession eye = OtherSession.of(db)) {
            App.Running first = slow.migrate(db, "--schema", "first").start();
            eye.await(SLEEPING);
            App.Result second =
                    quick.migrate(db, "--schema", "second", "--lock-wait", "1s").run();
            assertThat(second.exitCode()).as(second.text()).isZero();
            assertThat(first.process().isAlive()).isTrue();
            assertThat(eye.value("SELECT to_regclass('second.one') IS NOT NULL AND to_regclass('first.one') IS NULL"))
                    .isEqualTo("t");
            assertThat(first.terminate().await().exitCode()).isEqualTo(143);
        }
    }

    private App asSecond(App app) {
        return app.env("PGUSER", db.name() + "_second")
                .env("PGPASSWORD", "pw-second")
                .env("HOSTNAME", "second-pod");
    }

    private LockKeys keys() {
        return LockKeys.of(db.name(), "public");
    }

    private String key() {
        long key = keys().job();
        return "classid = %d AND objid = %d".formatted(key >>> 32, key & 0xffffffffL);
    }
}
