package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Migrations that need a table which the application is using. */
class LockTimeoutIT {
    private final Postgres.Database db = Postgres.version(16).createDatabase();

    @Test
    void readersAreLetThroughWhileTheMigrationTriesAgain() {
        db.execute("CREATE TABLE busy (n int); CREATE TABLE quiet (n int)");
        ScriptFolder scripts = ScriptFolder.create()
                // Waits without limit by design; its session goes on to the next script.
                .with("001_index.up.sql", "CREATE INDEX CONCURRENTLY quiet_n ON quiet (n);")
                .with("002_column.up.sql", "ALTER TABLE busy ADD COLUMN added int;");
        try (Reader reader = new Reader(db, "SELECT count(*) FROM busy");
                OtherSession holder = OtherSession.of(db)) {
            holder.execute("BEGIN", "LOCK TABLE busy IN ACCESS SHARE MODE");
            App.Running run =
                    scripts.migrate(db, "--lock-timeout", "300ms").start().awaitText("try 4 of 10");
            holder.execute("ROLLBACK");
            App.Result result = run.await();
            assertThat(result.exitCode()).as(result.text()).isZero();
            assertThat(result.out()).contains("Migration 002 did not get its lock (55P03); rolled back, try 2 of 10");
            assertThat(holder.value("SELECT count(added) FROM busy")).isEqualTo("0");
            // The holder held the table for seconds; a reader waits for one lock timeout and no more.
            assertThat(reader.longestWait()).isBetween(0.1, 0.3 + 0.7);
        }
    }

    @Test
    void everyMigrationHasAllItsTriesAndTheLastOneEndsTheRun() {
        db.execute("CREATE TABLE one (n int); CREATE TABLE two (n int); CREATE TABLE three (n int)");
        ScriptFolder scripts = ScriptFolder.create()
                .with("001_one.up.sql", "ALTER TABLE one ADD COLUMN added int;")
                .with("002_two.up.sql", "ALTER TABLE two ADD COLUMN added int;")
                .with("003_three.up.sql", "CREATE TABLE fresh (n int); ALTER TABLE three ADD COLUMN added int;");
        try (OtherSession one = reading("one");
                OtherSession two = reading("two");
                OtherSession three = reading("three")) {
            App.Running run = scripts.migrate(db, "--lock-timeout", "200ms", "--lock-retries", "3")
                    .start()
                    .awaitText("Migration 001 did not get its lock (55P03); rolled back, try 3 of 3");
            one.execute("ROLLBACK");
            run.awaitText("Migration 002 did not get its lock (55P03); rolled back, try 3 of 3");
            two.execute("ROLLBACK");
            App.Result result = run.await();
            assertThat(result.exitCode()).as(result.text()).isEqualTo(75);
            assertThat(result.out().split("Applying migration 003", -1)).hasSize(1 + 3);
            assertThat(result.err()).contains("SQLSTATE: 55P03", "003_three.up.sql line 1", "--lock-retries");
            assertThat(two.value("SELECT max(version) FROM flyway_schema_history"))
                    .isEqualTo("002");
            assertThat(two.value("SELECT to_regclass('fresh') IS NULL")).isEqualTo("t");
            assertThat(two.rows("SELECT table_name FROM information_schema.columns WHERE column_name = 'added'"))
                    .containsExactlyInAnyOrder("one", "two");
        }
    }

    @Test
    void deadlockIsTriedAgain() {
        db.execute("CREATE TABLE a (n int); CREATE TABLE b (n int)");
        // Whose wait reaches this time-out first is the victim.
        db.server().superuserExecute("ALTER ROLE %s SET deadlock_timeout = '2s'".formatted(db.user()));
        ScriptFolder scripts =
                ScriptFolder.create().with("001_both.up.sql", "LOCK TABLE a; ALTER TABLE b ADD COLUMN added int;");
        try (OtherSession application = OtherSession.ofSuperuser(db);
                OtherSession eye = OtherSession.of(db)) {
            application.execute("SET deadlock_timeout = '1h'", "BEGIN", "LOCK TABLE b");
            App.Running run = scripts.migrate(db, "--lock-timeout", "30s").start();
            eye.await("SELECT count(*) = 1 FROM pg_locks WHERE relation = 'b'::regclass AND NOT granted");
            CompletableFuture<Void> crossing =
                    CompletableFuture.runAsync(() -> application.execute("LOCK TABLE a", "COMMIT"));
            App.Result result = run.await();
            crossing.join();
            assertThat(result.exitCode()).as(result.text()).isZero();
            assertThat(result.out()).contains("Migration 001 did not get its lock (40P01); rolled back, try 2 of 10");
            assertThat(eye.count("b WHERE added IS NULL")).isZero();
        }
    }

    private OtherSession reading(String table) {
        return OtherSession.of(db).execute("BEGIN", "SELECT count(*) FROM " + table);
    }
}
