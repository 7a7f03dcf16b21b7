package io.schemajob.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.report.ExitStatus;
import io.schemajob.report.Failure;
import io.schemajob.report.SchemajobException;
import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.VaultProxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Database users that a real OpenBao makes in a real PostgreSQL, from their issue to their end. */
class VaultLeaseIT {
    private static final String REVOKER = "revoker";

    private static OpenBao bao;
    private static AgentExecutorVault vault;
    private static Postgres.Database database;

    private final VaultRun run = new VaultRun();
    private Map<String, String> environment;
    private int tokensBefore;

    @BeforeAll
    static void start() {
        bao = OpenBao.start();
        vault = AgentExecutorVault.in(bao);
        database = Postgres.version(Postgres.NEWEST).createDatabase();
        vault.store(database);
        bao.api().mountDatabase("team/database", database);
        bao.api().databaseRole("team/database", "long", database, "1m", "1h");
        bao.api().databaseRole("team/database", "quick", database, "3s", "1h");
        bao.api().databaseRole("team/database", "brief", database, "2s", "4s");
        bao.api().policy("database", "path \"team/database/creds/*\" { capabilities = [\"read\"] }");
        bao.api().policy(REVOKER, "path \"sys/leases/revoke\" { capabilities = [\"update\"] }");
        role(AgentExecutorVault.NAME, "1h", "2h", AgentExecutorVault.NAME, "database");
        role("with-revoker", "1h", "2h", AgentExecutorVault.NAME, "database", REVOKER);
        role("quick-token", "3s", "1h", AgentExecutorVault.NAME, "database");
        role("brief-token", "1m", "90s", AgentExecutorVault.NAME, "database");
        role("without-database", "1h", "2h", AgentExecutorVault.NAME);
    }

    @AfterAll
    static void stop() {
        vault.close();
        bao.close();
    }

    @BeforeEach
    void prepare() {
        environment = vault.environment();
        environment.put(VaultSettings.DATABASE_ROLE, "team/database/creds/long");
        tokensBefore = bao.api().tokens();
    }

    @Test
    void dynamicUserLogsInOnTopOfTheSecretAndIsGoneAfterwards() throws SQLException {
        String user;
        try (VaultSession session = run.open(environment)) {
            Secret secret = session.postgresCredentials();
            user = secret.require("username");
            assertThat(user).isNotEqualTo(database.user());
            assertThat(secret.require("host")).isEqualTo(database.server().host());
            assertThat(logsIn(user, secret.require("password"))).isTrue();
            assertThat(bao.api().leases("team/database/creds/long")).isEqualTo(1);
            assertThat(run.redactor().redact(secret.require("password"))).isEqualTo("***");
        }

        assertGone(user);
        assertThat(run.log().lines()).noneMatch(line -> line.startsWith("warn: "));
    }

    @Test
    void leaseIsGoneAtOnceWhereThePolicyAllowsItsRevocation() throws SQLException {
        environment.put(VaultSettings.ROLE, "with-revoker");
        String user;
        try (VaultSession session = run.open(environment)) {
            user = session.databaseCredentials("team/database/creds/long").username();
        }

        assertThat(exists(user)).isFalse();
        assertThat(bao.api().leases("team/database/creds/long")).isZero();
        assertThat(bao.api().tokens()).isEqualTo(tokensBefore);
    }

    @Test
    void everythingIsGoneAfterAFailure() throws SQLException {
        String[] user = new String[1];
        assertThatThrownBy(() -> {
                    try (VaultSession session = run.open(environment)) {
                        user[0] = session.postgresCredentials().require("username");
                        throw new IllegalStateException("the run's own failure");
                    }
                })
                .hasMessage("the run's own failure")
                .hasNoSuppressedExceptions();

        assertGone(user[0]);
    }

    @Test
    void everythingIsGoneAfterAnInterruption() throws SQLException {
        Failure why = Failure.of(ExitStatus.TERMINATED, "SIGTERM");
        String[] user = new String[1];
        SchemajobException error = catchThrowableOfType(SchemajobException.class, () -> {
            try (VaultSession session = run.open(environment)) {
                user[0] = session.postgresCredentials().require("username");
                run.interruption().stop(why);
                Thread.currentThread().interrupt();
                run.interruption().check();
            }
        });

        assertThat(Thread.interrupted()).as("the thread's flag is kept").isTrue();
        assertThat(error.failure()).isSameAs(why);
        assertGone(user[0]);
    }

    @Test
    void leaseThatComesAfterTheStopIsGivenBack() throws SQLException {
        environment.put(VaultSettings.ROLE, "with-revoker");
        try (VaultProxy proxy = VaultProxy.to(bao.address())) {
            environment.put(VaultSettings.ADDRESS, proxy.address().toString());
            proxy.delay("/creds/", Duration.ofMillis(600));
            Failure why = Failure.of(ExitStatus.TERMINATED, "SIGTERM");
            CompletableFuture.runAsync(
                    () -> run.interruption().stop(why), CompletableFuture.delayedExecutor(1200, TimeUnit.MILLISECONDS));

            SchemajobException error = catchThrowableOfType(SchemajobException.class, () -> {
                try (VaultSession session = run.open(environment)) {
                    while (true) {
                        session.databaseCredentials("team/database/creds/long");
                    }
                }
            });

            assertThat(error.failure()).isSameAs(why);
            assertThat(proxy.count("/creds/")).isGreaterThan(1);
        }

        assertThat(bao.api().leases("team/database/creds/long")).isZero();
    }

    @Test
    void leaseAndTokenAreRenewedWhileTheSessionIsOpen() throws Exception {
        environment.put(VaultSettings.ROLE, "quick-token");
        try (VaultSession session = run.open(environment)) {
            DatabaseCredentials user = session.databaseCredentials("team/database/creds/quick");
            assertThat(user.ttl()).isEqualTo(Duration.ofSeconds(3));
            assertThat(user.renewable()).isTrue();

            Thread.sleep(8000);

            assertThat(logsIn(user.username(), user.password()))
                    .as("long after the first lease would have ended")
                    .isTrue();
            assertThat(session.readSecret(AgentExecutorVault.SECRET).find("host"))
                    .as("the token is alive too")
                    .isPresent();
            assertThat(session.leaseLost()).isEmpty();
        }
        assertThat(run.log().lines()).noneMatch(line -> line.startsWith("warn: "));
    }

    @Test
    void renewalOutlastsAVaultThatIsAwayForAMoment() throws Exception {
        try (VaultProxy proxy = VaultProxy.to(bao.address())) {
            environment.put(VaultSettings.ADDRESS, proxy.address().toString());
            try (VaultSession session = run.open(environment)) {
                DatabaseCredentials user = session.databaseCredentials("team/database/creds/quick");
                proxy.answer("sys/leases/renew", 1, 503, Map.of());

                Thread.sleep(5000);

                assertThat(proxy.count("sys/leases/renew")).isGreaterThan(1);
                assertThat(session.leaseLost()).isEmpty();
                assertThat(logsIn(user.username(), user.password())).isTrue();
            }
        }
    }

    @Test
    void leaseThatMeetsItsMaximumIsSaidToBeLost() {
        try (VaultSession session = run.open(environment)) {
            String user =
                    session.databaseCredentials("team/database/creds/brief").username();
            assertThat(session.leaseLost()).isEmpty();

            await(() -> session.leaseLost().isPresent());

            assertThat(session.leaseLost().orElseThrow()).contains(user);
        }
        assertThat(run.log().lines())
                .filteredOn(line -> line.startsWith("warn: "))
                .hasSize(1);
    }

    @Test
    void leaseThatSomebodyRevokesIsSaidToBeLost() {
        try (VaultSession session = run.open(environment)) {
            session.databaseCredentials("team/database/creds/quick");
            bao.api().write("sys/leases/revoke-prefix/team/database/creds/quick", Map.of("sync", true));

            await(() -> session.leaseLost().isPresent());
        }
    }

    @Test
    void leaseThatCanLastIsAcceptedAndLeftAsShortAsItWas() {
        try (VaultSession session = run.open(environment)) {
            DatabaseCredentials user = session.databaseCredentials("team/database/creds/long");

            assertThatCode(() -> session.requireLasting(Duration.ofMinutes(30))).doesNotThrowAnyException();

            int ttl = bao.api()
                    .write("sys/leases/lookup", Map.of("lease_id", user.leaseId()))
                    .path("data")
                    .path("ttl")
                    .asInt();
            assertThat(ttl).isBetween(50, 60);
        }
    }

    @Test
    void leaseThatCannotLastIsRefused() {
        tooShort("team/database/creds/long", Duration.ofHours(3)).contains("lease of database user v-", "10800s");
        tooShort("team/database/creds/brief", Duration.ofSeconds(10)).contains("SCHEMAJOB_DEADLINE");
    }

    @Test
    void tokenThatCannotLastIsRefused() {
        environment.put(VaultSettings.ROLE, "brief-token");

        tooShort("team/database/creds/long", Duration.ofMinutes(10)).contains("the job's token", "600s");
    }

    @Test
    void periodicTokenLastsForEver() {
        handed(Map.of("policies", "database", "period", "1m"));

        try (VaultSession session = run.open(environment)) {
            session.databaseCredentials("team/database/creds/long");
            assertThatCode(() -> session.requireLasting(Duration.ofMinutes(30))).doesNotThrowAnyException();
        }
    }

    @Test
    void tokenThatCannotBeRenewedIsRefusedUnlessItLastsLongEnough() {
        handed(Map.of("policies", "database", "renewable", false, "ttl", "20m"));

        tooShort("team/database/creds/long", Duration.ofMinutes(30)).contains("the job's token");
        try (VaultSession session = run.open(environment)) {
            session.databaseCredentials("team/database/creds/long");
            assertThatCode(() -> session.requireLasting(Duration.ofMinutes(10))).doesNotThrowAnyException();
        }
    }

    @Test
    void nothingHasToLastWithoutALease() {
        environment.put(VaultSettings.ROLE, "brief-token");
        environment.remove(VaultSettings.DATABASE_ROLE);

        try (VaultSession session = run.open(environment)) {
            session.postgresCredentials();
            assertThatCode(() -> session.requireLasting(Duration.ofHours(10))).doesNotThrowAnyException();
        }
    }

    @Test
    void handedTokenIsLeftAloneAndItsLeaseIsNot() throws SQLException {
        String token = handed(Map.of("policies", List.of("database", REVOKER)));
        String user;
        try (VaultSession session = run.open(environment)) {
            user = session.databaseCredentials("team/database/creds/long").username();
        }

        assertThat(exists(user)).isFalse();
        assertThat(bao.api().as(token).status("auth/token/lookup-self")).isEqualTo(200);
    }

    @Test
    void leaseThatNobodyMayRevokeIsWarnedOf() {
        String token = handed(Map.of("policies", "database"));
        try (VaultSession session = run.open(environment)) {
            session.databaseCredentials("team/database/creds/long");
        }

        assertThat(run.log().lines()).anySatisfy(line -> assertThat(line)
                .contains("warn: Could not revoke the lease of database user v-", "sys/leases/revoke"));
        bao.api().as(token).write("auth/token/revoke-self", Map.of());
    }

    @Test
    void unknownRoleIsNamed() {
        environment.put(VaultSettings.DATABASE_ROLE, "team/database/creds/nobody");

        run.fails(environment, ExitStatus.CONFIG)
                .contains("no database credentials at team/database/creds/nobody", "unknown role");
    }

    @Test
    void deniedRoleIsNamedWithThePolicyThatWouldAllowIt() {
        environment.put(VaultSettings.ROLE, "without-database");

        run.fails(environment, ExitStatus.ACCESS_DENIED)
                .contains("path \"team/database/creds/long\" { capabilities = [\"read\"] }");
    }

    @Test
    void closingWithoutVaultTakesTwoSecondsAtMostAndThrowsNothing() {
        try (VaultProxy proxy = VaultProxy.to(bao.address())) {
            environment.put(VaultSettings.ADDRESS, proxy.address().toString());
            VaultSession session = run.open(environment);
            session.databaseCredentials("team/database/creds/long");
            proxy.delay("revoke", Duration.ofSeconds(20));

            long start = System.nanoTime();
            session.close();
            session.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2300));
            assertThat(run.log().lines())
                    .filteredOn(line -> line.startsWith("warn: "))
                    .hasSize(2);
        }
        bao.api().write("sys/leases/revoke-prefix/team/database/creds/long", Map.of("sync", true));
    }

    private AbstractStringAssert<?> tooShort(String role, Duration needed) {
        return run.fails(environment, ExitStatus.CONFIG, () -> {
            try (VaultSession session = run.open(environment)) {
                session.databaseCredentials(role);
                session.requireLasting(needed);
            }
        });
    }

    /** Lets the run use a token that was made for it. */
    private String handed(Map<String, ?> options) {
        String token = bao.api().createToken(options);
        environment.put(VaultSettings.AUTH, "token");
        environment.put(VaultSettings.TOKEN, token);
        return token;
    }

    private static void role(String name, String ttl, String maxTtl, String... policies) {
        vault.loginRole(
                name, Map.of("token_policies", String.join(",", policies), "token_ttl", ttl, "token_max_ttl", maxTtl));
    }

    /** A lease that ends with its token does so in Vault's own time, which is a moment later. */
    private void assertGone(String user) throws SQLException {
        assertThat(bao.api().tokens()).as("the token is revoked").isEqualTo(tokensBefore);
        await(() -> bao.api().leases("team/database/creds/long") == 0);
        assertThat(exists(user)).as("the user is dropped").isFalse();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static boolean logsIn(String user, String password) {
        try (Connection connection = database.server().connect(database.name(), user, password)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    private static boolean exists(String user) throws SQLException {
        try (Connection connection = database.superuser();
                PreparedStatement statement = connection.prepareStatement("select 1 from pg_roles where rolname = ?")) {
            statement.setString(1, user);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
