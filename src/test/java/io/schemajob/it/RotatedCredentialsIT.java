package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.JobRun;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.PostgresProxy;
import io.schemajob.testing.ScriptFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Passwords and users that change between reading and using them, and in the middle of a run, before a session that the
 * run still needs: they are read once more, and what is said afterwards is so.
 */
class RotatedCredentialsIT {
    private static final String NEW_PASSWORD = "rotated-canary-2";

    @AutoClose
    private static OpenBao bao;

    @AutoClose
    private static AgentExecutorVault vault;

    private static Postgres server;

    private final Postgres.Database database = server.createDatabase();

    /** Waits for the gate in its second script; its third needs a session of its own. */
    private final ScriptFolder folder = ScriptFolder.create()
            .with("001_first.up.sql", "CREATE TABLE first (n int);")
            .with("002_wait.up.sql", "CREATE TABLE second (n int); LOCK TABLE gate;")
            .with("003_own.up.sql", "SET app.a = '1'; CREATE TABLE third (n int);")
            .with("004_last.up.sql", "CREATE TABLE fourth (n int);");

    private final OtherSession holder = OtherSession.of(database);

    @BeforeAll
    static void start() {
        bao = OpenBao.start();
        vault = AgentExecutorVault.in(bao);
        server = Postgres.version(16);
    }

    @AfterEach
    void close() {
        holder.close();
    }

    private Map<String, String> job() {
        Map<String, String> environment = vault.environment();
        environment.put("SCHEMAJOB_LOCK_TIMEOUT", "60s");
        return environment;
    }

    private JobRun.Running start(Map<String, String> environment) {
        return JobRun.start(environment, folder, JobRun.migrating("head"));
    }

    private static void succeeded(JobRun run) {
        assertThat(run.status()).as(run.text()).isEqualTo(ExitStatus.OK);
    }

    private static JobRun denied(JobRun run) {
        assertThat(run.status()).as(run.text()).isEqualTo(ExitStatus.ACCESS_DENIED);
        return run;
    }

    private void rotate(String inVault) {
        server.superuserExecute("ALTER ROLE %s PASSWORD '%s'".formatted(database.user(), NEW_PASSWORD));
        if (inVault != null) {
            vault.store(server.host(), server.port(), database.name(), database.user(), inVault);
        }
    }

    /** Runs up to the gate, and goes on when that has been done. */
    private JobRun atTheGate(Map<String, String> environment, Runnable meanwhile) {
        holder.execute("CREATE TABLE gate (n int)", "BEGIN", "LOCK TABLE gate");
        JobRun.Running run = start(environment);
        try (OtherSession eye = OtherSession.of(database)) {
            eye.await("SELECT count(*) = 1 FROM pg_locks WHERE relation = 'gate'::regclass AND NOT granted");
            meanwhile.run();
        }
        holder.execute("COMMIT");
        return run.await();
    }

    @Test
    void inTheMiddleOfARunTheyAreReadAgain() {
        vault.store(database);
        JobRun result = atTheGate(job(), () -> rotate(NEW_PASSWORD));
        succeeded(result);
        assertThat(result.text()).contains("the credentials were changed meanwhile and are tried");
        assertThat(holder.value("SELECT count(*) FROM flyway_schema_history WHERE success"))
                .isEqualTo("4");
    }

    @Test
    void aFileOfPasswordsIsReadAgainToo(@TempDir Path place) throws Exception {
        Path file = place.resolve("pgpass");
        Files.writeString(file, "*:*:*:*:" + database.password() + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Map<String, String> app = JobRun.environment(database);
        app.remove("PGPASSWORD");
        app.put("PGPASSFILE", file.toString());
        app.put("SCHEMAJOB_LOCK_TIMEOUT", "60s");
        JobRun result = atTheGate(app, () -> {
            rotate(null);
            write(file, "*:*:*:*:" + NEW_PASSWORD + "\n");
        });
        succeeded(result);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void stillRefusedItSaysWhatWasAppliedAndTheNextRunGoesOn() {
        vault.store(database);
        JobRun result = denied(atTheGate(job(), () -> rotate(null)));
        assertThat(result.text())
                .contains("refused user " + database.user())
                .contains("This run completed 2 scripts, which stay, the last 002_wait.up.sql; the schema is at 002."
                        + " What was not committed was rolled back.")
                .doesNotContain("Not touched", "no session was opened");
        assertThat(result.failure().sqlState()).isEqualTo("28P01");
        assertThat(result.report().applied()).containsExactly("001_first.up.sql", "002_wait.up.sql");

        rotate(NEW_PASSWORD);
        JobRun next = start(job()).await();
        succeeded(next);
        assertThat(next.report().applied()).hasSize(2);
    }

    /** A secret that names another server now is no rotated password: the lock of the run is not held there. */
    @Test
    void anotherDatabaseInTheMiddleOfARunIsNotGoneOnWith() {
        Postgres.Database other = server.createDatabase();
        vault.store(database);
        JobRun result = atTheGate(job(), () -> {
            rotate(null);
            vault.store(other);
        });
        denied(result);
        assertThat(result.text())
                .contains("name another database now")
                .contains("This run completed 2 scripts, which stay, the last 002_wait.up.sql; the schema is at 002.");
        try (OtherSession eye = OtherSession.of(other)) {
            assertThat(eye.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                    .isEqualTo("0");
        }
    }

    /** The way to the server opens when the password that was read is no good any more. */
    @Test
    void betweenReadingAndConnecting() {
        holder.execute("CREATE TABLE gate (n int)");
        try (PostgresProxy proxy = PostgresProxy.refusing(server)) {
            vault.store(server.host(), proxy.port(), database.name(), database.user(), database.password());
            JobRun.Running run = start(job()).awaitText("does not answer yet");
            rotate(null);
            vault.store(server.host(), proxy.port(), database.name(), database.user(), NEW_PASSWORD);
            proxy.open();
            JobRun result = run.await();
            succeeded(result);
        }
        vault.store(server.host(), server.port(), database.name(), database.user(), "old-canary");
        JobRun refused = denied(start(job()).await());
        assertThat(refused.text()).contains("Not touched: no session was opened.", "Check user and password in Vault");
    }

    private Map<String, String> dynamic(String mount) {
        bao.api().mountDatabase(mount, database);
        bao.api().databaseRole(mount, "app", database, "10m", "1h");
        bao.api().policy(mount, "path \"%s/creds/app\" { capabilities = [\"read\"] }".formatted(mount));
        vault.loginRole(mount, Map.of("token_policies", AgentExecutorVault.NAME + "," + mount));
        Map<String, String> environment = job();
        environment.put("SCHEMAJOB_VAULT_ROLE", mount);
        environment.put("SCHEMAJOB_VAULT_DATABASE_ROLE", mount + "/creds/app");
        environment.put("SCHEMAJOB_OWNER_ROLE", database.user());
        return environment;
    }

    private Map<String, String> retrying(String mount) {
        Map<String, String> environment = dynamic(mount);
        environment.put("SCHEMAJOB_LOCK_RETRIES", "50");
        environment.put("SCHEMAJOB_LOCK_TIMEOUT", "200ms");
        return environment;
    }

    private static void revoke(String mount) {
        bao.api().write("sys/leases/revoke-prefix/" + mount + "/creds/app", Map.of());
    }

    @Test
    void aDynamicUserThatWasDroppedIsReplaced() {
        try (PostgresProxy proxy = PostgresProxy.refusing(server)) {
            vault.store(server.host(), proxy.port(), database.name(), "nobody", "nothing-canary");
            holder.execute("CREATE TABLE gate (n int)");
            JobRun.Running run = start(dynamic("early")).awaitText("does not answer yet");
            revoke("early");
            proxy.open();
            JobRun result = run.await();
            succeeded(result);
            assertThat(holder.value("SELECT count(DISTINCT tableowner) FROM pg_tables WHERE schemaname = 'public'"))
                    .isEqualTo("1");
        }
    }

    /** Each try of a script that met its lock timeout has a session of its own. */
    @Test
    void aDynamicUserThatIsDroppedBetweenTwoTriesIsReplaced() {
        vault.store(database);
        holder.execute("CREATE TABLE gate (n int)", "BEGIN", "LOCK TABLE gate");
        JobRun.Running run = start(retrying("middle")).awaitText("try 2 of 50");
        revoke("middle");
        run.awaitText("the credentials were changed meanwhile and are tried");
        holder.execute("COMMIT");
        JobRun result = run.await();
        succeeded(result);
        assertThat(holder.value("SELECT count(*) FROM flyway_schema_history WHERE success"))
                .isEqualTo("4");
    }

    /** The script that is at work has no user any more: it is rolled back, and that is what is said. */
    @Test
    void aDynamicUserThatIsDroppedAtWorkLosesThatScriptOnly() {
        vault.store(database);
        JobRun result = denied(atTheGate(dynamic("work"), () -> revoke("work")));
        assertThat(result.text()).contains("Migration 002 was rolled back whole; the schema is at 001.");
        assertThat(holder.value("SELECT to_regclass('second') IS NULL")).isEqualTo("t");
        JobRun next = start(dynamic("again")).await();
        succeeded(next);
    }

    @Test
    void aDynamicRoleThatIsGoneIsToldWithWhatWasApplied() {
        vault.store(database);
        holder.execute("CREATE TABLE gate (n int)", "BEGIN", "LOCK TABLE gate");
        JobRun.Running run = start(retrying("gone")).awaitText("try 2 of 50");
        bao.api().delete("gone/roles/app");
        revoke("gone");
        JobRun result = denied(run.await());
        holder.execute("COMMIT");
        assertThat(result.text())
                .contains(
                        "Reading the credentials again failed: Vault issues no database credentials at gone/creds/app")
                .contains("This run completed 001_first.up.sql, which stays; the schema is at 001.")
                .doesNotContain("Not touched");
    }
}
