package io.schemajob.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.Promptly;
import io.schemajob.testing.VaultProxy;
import io.schemajob.vault.settings.Secret;
import io.schemajob.vault.settings.VaultSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Database users that a real OpenBao makes in a real PostgreSQL, from their issue to their end. */
class VaultLeaseIT {
    @AutoClose
    private static LeaseFixture world;

    private static OpenBao bao;

    private final VaultRun run = new VaultRun();
    private Map<String, String> environment;
    private int tokensBefore;

    @BeforeAll
    static void start() {
        world = LeaseFixture.start();
        bao = world.bao();
    }

    @BeforeEach
    void prepare() {
        environment = world.environment();
        tokensBefore = bao.api().tokens();
    }

    @Test
    void dynamicUserLogsInOnTopOfTheSecretAndIsGoneAfterwards() throws SQLException {
        String user;
        try (VaultSession session = run.open(environment)) {
            Secret secret = session.postgresCredentials();
            user = secret.require("username");
            assertThat(user).isNotEqualTo(world.database().user());
            assertThat(secret.require("host"))
                    .isEqualTo(world.database().server().host());
            assertThat(world.logsIn(user, secret.require("password"))).isTrue();
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

        assertThat(world.exists(user)).isFalse();
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
                run.cancellation().stop(why);
                Thread.currentThread().interrupt();
                run.cancellation().check();
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
            // Well below the 700 ms for which a stopped run waits, so that a busy machine does not decide.
            proxy.delay("/creds/", Duration.ofMillis(250));
            Failure why = Failure.of(ExitStatus.TERMINATED, "SIGTERM");
            CompletableFuture.runAsync(
                    () -> run.cancellation().stop(why), CompletableFuture.delayedExecutor(1200, TimeUnit.MILLISECONDS));

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
    void handedTokenIsLeftAloneAndItsLeaseIsNot() throws SQLException {
        String token = world.handed(environment, Map.of("policies", List.of("database", LeaseFixture.REVOKER)));
        String user;
        try (VaultSession session = run.open(environment)) {
            user = session.databaseCredentials("team/database/creds/long").username();
        }

        assertThat(world.exists(user)).isFalse();
        assertThat(bao.api().as(token).status("auth/token/lookup-self")).isEqualTo(200);
    }

    @Test
    void leaseThatNobodyMayRevokeIsWarnedOf() {
        String token = world.handed(environment, Map.of("policies", "database"));
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
    void closingDoesNotWaitForAVaultThatIsAwayAndThrowsNothing() {
        try (VaultProxy proxy = VaultProxy.to(bao.address())) {
            environment.put(VaultSettings.ADDRESS, proxy.address().toString());
            VaultSession session = run.open(environment);
            session.databaseCredentials("team/database/creds/long");
            proxy.delay("revoke", Promptly.LIMIT.multipliedBy(2));

            long start = System.nanoTime();
            session.close();
            session.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Promptly.LIMIT);
            assertThat(run.log().lines())
                    .filteredOn(line -> line.startsWith("warn: "))
                    .hasSize(2);
        }
        bao.api().write("sys/leases/revoke-prefix/team/database/creds/long", Map.of("sync", true));
    }

    /** A lease that ends with its token does so in Vault's own time, which is a moment later. */
    private void assertGone(String user) throws SQLException {
        assertThat(bao.api().tokens()).as("the token is revoked").isEqualTo(tokensBefore);
        LeaseFixture.await(() -> bao.api().leases("team/database/creds/long") == 0);
        assertThat(world.exists(user)).as("the user is dropped").isFalse();
    }
}
