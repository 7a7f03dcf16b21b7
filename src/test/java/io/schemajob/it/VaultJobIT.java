package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.database.lock.LockKeys;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.App;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Promptly;
import io.schemajob.testing.Rows;
import io.schemajob.testing.TestCa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pod ends with when something is wrong with Vault, and what is left in Vault afterwards. */
class VaultJobIT {
    private static final Duration LONGEST_REVOCATION = Duration.ofSeconds(20);

    @AutoClose
    private static OpenBao bao;

    @AutoClose
    private static AgentExecutorVault vault;

    private static Postgres server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        bao = OpenBao.start();
        vault = AgentExecutorVault.in(bao);
        server = Postgres.version(16);
    }

    @Test
    void deniedAndUnknownRolesAndExpiredTokensAre77() {
        vault.store(server.createDatabase());
        Path other = vault.tokenFile(vault.tokens().sign("bizmatters", "intruder", "vault", Duration.ofMinutes(5)));
        expect(ExitStatus.ACCESS_DENIED, Map.of("SCHEMAJOB_VAULT_TOKEN_FILE", other.toString()), "agent-executor");
        expect(ExitStatus.ACCESS_DENIED, Map.of("SCHEMAJOB_VAULT_ROLE", "nobody"), "nobody");
        Path expired = vault.tokenFile(Duration.ofSeconds(-30));
        expect(ExitStatus.ACCESS_DENIED, Map.of("SCHEMAJOB_VAULT_TOKEN_FILE", expired.toString()), "expired");
        expect(ExitStatus.ACCESS_DENIED, Map.of("SCHEMAJOB_VAULT_SECRET", "kv/somebody/else"), "kv/somebody/else");
    }

    @Test
    void missingSecretAndMissingKeyAre78() {
        String nothing = "kv/bizmatters/agent-executor/nothing";
        expect(ExitStatus.CONFIG, Map.of("SCHEMAJOB_VAULT_SECRET", nothing), nothing);
        bao.api()
                .putSecret(
                        "kv", "bizmatters/agent-executor/half", Map.of("host", "h", "database", "d", "username", "u"));
        expect(ExitStatus.CONFIG, Map.of("SCHEMAJOB_VAULT_SECRET", "kv/bizmatters/agent-executor/half"), "password");
    }

    @Test
    void aVaultThatIsAwayIs69AfterTheTimeOutAndNoEarlier() {
        try (OpenBao own = OpenBao.start();
                AgentExecutorVault world = AgentExecutorVault.in(own)) {
            world.store(server.createDatabase());
            own.seal();
            long begun = System.nanoTime();
            App.Result sealed =
                    job(world).env("SCHEMAJOB_CONNECT_TIMEOUT", "4s").run();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(4));
            assertThat(sealed.exitCode()).as(sealed.text()).isEqualTo(ExitStatus.UNAVAILABLE.code());
            App.Running waiting =
                    job(world).env("SCHEMAJOB_CONNECT_TIMEOUT", "90s").start();
            waiting.awaitText("not available");
            own.unseal();
            App.Result back = waiting.await();
            assertThat(back.exitCode()).as(back.text()).isZero();
            own.stop();
            App.Result down = job(world).env("SCHEMAJOB_CONNECT_TIMEOUT", "1s").run();
            assertThat(down.exitCode()).as(down.text()).isEqualTo(ExitStatus.UNAVAILABLE.code());
        }
    }

    @Test
    void aPrivateCaIsAcceptedAndAWrongOneRefused() {
        TestCa authority = TestCa.create();
        try (OpenBao own = OpenBao.start(authority);
                AgentExecutorVault world = AgentExecutorVault.in(own)) {
            world.store(server.createDatabase());
            App.Result right = job(world)
                    .env("VAULT_CACERT", authority.certificate().toString())
                    .run();
            assertThat(right.exitCode()).as(right.text()).isZero();
            App.Result wrong = job(world)
                    .env("VAULT_CACERT", TestCa.create().certificate().toString())
                    .run();
            assertThat(wrong.exitCode()).as(wrong.text()).isEqualTo(ExitStatus.CONFIG.code());
            assertThat(wrong.err()).contains("VAULT_CACERT");
        }
    }

    @Test
    void dynamicUsersOwnNothingAndLeaveNothing() throws Exception {
        Postgres.Database database = dynamicUsers("owned");
        App.Result result = dynamic("owned", database, "agent-executor").run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(Rows.of(database, "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"))
                .containsExactly(List.of(database.user()));
        assertNothingLeft("owned", database);
    }

    @Test
    void leaseAndTokenAreGoneAfterAFailureToo() throws Exception {
        Postgres.Database database = dynamicUsers("failing");
        Files.writeString(folder.resolve("001_break.up.sql"), "SELECT 1/0;");
        App.Result result = dynamic("failing", database, folder.toString()).run();
        assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitStatus.MIGRATION_FAILED.code());
        assertNothingLeft("failing", database);
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "HUP, 129"})
    void leaseAndTokenAreGoneAfterASignalToo(String signal, int exitCode) throws Exception {
        String mount = "stopped-" + signal.toLowerCase(Locale.ROOT);
        Postgres.Database database = dynamicUsers(mount);
        Files.writeString(folder.resolve("001_sleep.up.sql"), "SELECT pg_sleep(60);");
        // Whoever starts the tests may ignore a signal, as nohup does, and so would we then.
        App.Running running = dynamic(mount, database, folder.toString())
                .startedBy(List.of("env", "--default-signal=" + signal))
                .start();
        running.awaitText("Applying migration 001");
        long begun = System.nanoTime();
        App.Result result = running.signal(signal).await();
        assertThat(result.exitCode()).as(result.text()).isEqualTo(exitCode);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Promptly.LIMIT);
        assertNothingLeft(mount, database);
    }

    @Test
    void leaseAndTokenAreGoneWhenTheJobLockWasNotHadToo() throws Exception {
        Postgres.Database database = dynamicUsers("locked");
        try (OtherSession holder = OtherSession.of(database)) {
            holder.execute("SELECT pg_advisory_lock("
                    + LockKeys.of(database.name(), "public").job() + ")");
            App.Result result = dynamic("locked", database, "agent-executor")
                    .env("SCHEMAJOB_LOCK_WAIT", "1s")
                    .run();
            assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitStatus.TRY_AGAIN.code());
        }
        assertNothingLeft("locked", database);
    }

    @Test
    void aLeaseThatCannotLastIsRefusedBeforeAnythingChanges() throws Exception {
        Postgres.Database database = dynamicUsers("short");
        App.Result result = dynamic("short", database, "agent-executor")
                .env("SCHEMAJOB_DEADLINE", "5h")
                .run();
        assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitStatus.CONFIG.code());
        assertThat(Rows.of(database, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'"))
                .isEmpty();
        assertNothingLeft("short", database);
    }

    private static Postgres.Database dynamicUsers(String mount) {
        Postgres.Database database = server.createDatabase();
        bao.api().mountDatabase(mount, database);
        bao.api().databaseRole(mount, "app", database, "10m", "1h");
        bao.api().policy(mount, "path \"%s/creds/app\" { capabilities = [\"read\"] }".formatted(mount));
        vault.loginRole(mount, Map.of("token_policies", AgentExecutorVault.NAME + "," + mount));
        vault.store(database);
        return database;
    }

    private static App dynamic(String mount, Postgres.Database database, String bundle) {
        return App.of("migrate", "--bundle", bundle)
                .env(vault.environment())
                .env("SCHEMAJOB_VAULT_ROLE", mount)
                .env("SCHEMAJOB_VAULT_DATABASE_ROLE", mount + "/creds/app")
                .env("SCHEMAJOB_OWNER_ROLE", database.user())
                .secret(database.password());
    }

    /**
     * No lease, no user in the server, and no token but the one the tests use. The policies do not let the run revoke
     * its lease by itself: it ends with the token, in Vault's own time.
     */
    private static void assertNothingLeft(String mount, Postgres.Database database) throws Exception {
        long end = System.nanoTime() + LONGEST_REVOCATION.toNanos();
        while ((bao.api().leases(mount + "/creds/app") > 0 || bao.api().tokens() > 1) && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        assertThat(bao.api().leases(mount + "/creds/app")).isZero();
        assertThat(Rows.of(
                        database,
                        "SELECT rolname FROM pg_roles r WHERE rolcanlogin AND pg_has_role(r.oid, '%s', 'MEMBER')"
                                        .formatted(database.user())
                                + " AND rolname <> '%s' AND NOT rolsuper".formatted(database.user())))
                .isEmpty();
        assertThat(bao.api().tokens())
                .as("tokens that are left, the root's included")
                .isEqualTo(1);
    }

    private static void expect(ExitStatus status, Map<String, String> changes, String named) {
        App.Result result = App.of("migrate", "--bundle", "agent-executor")
                .env(vault.environment())
                .env("SCHEMAJOB_CONNECT_TIMEOUT", "10s")
                .env(changes)
                .run();
        assertThat(result.exitCode()).as(result.text()).isEqualTo(status.code());
        assertThat(result.err()).contains(named).contains("next:");
        assertThat(result.termination()).contains("\"exitCode\":" + status.code());
    }

    private static App job(AgentExecutorVault world) {
        return App.of("migrate", "--bundle", "agent-executor").env(world.environment());
    }
}
