package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another tool runs Flyway on the same schema: it knows nothing of the job lock, but it has a lock of its own. */
class OtherFlywayIT {
    private final Postgres.Database db = Postgres.version(16).createDatabase();
    private final ScriptFolder scripts = ScriptFolder.create()
            .with("001_first.up.sql", "CREATE TABLE first (n int);")
            .with("002_second.up.sql", "CREATE TABLE second (n int);");
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch finish = new CountDownLatch(1);
    private CompletableFuture<Integer> other;

    @BeforeEach
    void otherFlywayIsInTheMiddleOfItsFirstMigration() throws InterruptedException {
        Flyway flyway = Flyway.configure()
                .dataSource(
                        "jdbc:postgresql://127.0.0.1:%d/%s"
                                .formatted(db.server().port(), db.name()),
                        db.user(),
                        db.password())
                .locations(new String[0])
                .javaMigrations(new FirstMigration())
                .load();
        other = CompletableFuture.supplyAsync(() -> flyway.migrate().migrationsExecuted);
        begun.await();
    }

    @AfterEach
    void end() {
        finish.countDown();
        other.join();
    }

    @Test
    void isWaitedForNoLongerThanTheLockWait() {
        App.Running run = scripts.migrate(db, "--lock-wait", "1s").start().awaitText("Waiting for another run");
        long begin = System.nanoTime();
        App.Result result = run.await();
        assertThat(result.exitCode()).as(result.text()).isEqualTo(75);
        assertThat(Seconds.since(begin)).isLessThan(Seconds.PROMPTLY);
        assertThat(result.err())
                .contains("Another tool holds Flyway's lock")
                .containsPattern("pid \\d+, application PostgreSQL JDBC Driver, user " + db.user());
    }

    @Test
    void itsWorkIsTakenOverAndNotRepeated() {
        App.Running run = scripts.migrate(db).start();
        run.awaitText("Waiting for another run");
        finish.countDown();
        App.Result result = run.await();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.out())
                .contains("Migration 002 applied successfully")
                .doesNotContain("Migration 001 applied successfully");
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.rows("SELECT version, type, success FROM flyway_schema_history ORDER BY installed_rank"))
                    .containsExactly("001|JDBC|t", "002|SQL|t");
        }
    }

    @Test
    void waitingForItEndsAtOnceWithASignal() {
        App.Running run = scripts.migrate(db).start();
        run.awaitText("Waiting for another run");
        long signal = System.nanoTime();
        App.Result result = run.terminate().await();
        assertThat(result.exitCode()).as(result.text()).isEqualTo(143);
        assertThat(Seconds.since(signal)).isLessThan(Seconds.PROMPTLY);
    }

    /** Does what the first script does, and then waits. */
    private final class FirstMigration implements JavaMigration {
        @Override
        public MigrationVersion getVersion() {
            return MigrationVersion.fromVersion("001");
        }

        @Override
        public String getDescription() {
            return "first";
        }

        @Override
        public Integer getChecksum() {
            return null;
        }

        @Override
        public boolean canExecuteInTransaction() {
            return true;
        }

        @Override
        public void migrate(Context context) throws SQLException, InterruptedException {
            try (Statement statement = context.getConnection().createStatement()) {
                statement.execute("CREATE TABLE first (n int)");
            }
            begun.countDown();
            finish.await();
        }
    }
}
