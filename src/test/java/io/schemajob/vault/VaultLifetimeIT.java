package io.schemajob.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.VaultProxy;
import io.schemajob.vault.lease.DatabaseCredentials;
import io.schemajob.vault.settings.VaultSettings;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How leases and tokens of a real OpenBao are kept alive, and what is said of those that cannot be. */
class VaultLifetimeIT {
    @AutoClose
    private static LeaseFixture world;

    private static OpenBao bao;

    private final VaultRun run = new VaultRun();
    private Map<String, String> environment;

    @BeforeAll
    static void start() {
        world = LeaseFixture.start();
        bao = world.bao();
    }

    @BeforeEach
    void prepare() {
        environment = world.environment();
    }

    @Test
    void leaseAndTokenAreRenewedWhileTheSessionIsOpen() throws Exception {
        environment.put(VaultSettings.ROLE, "quick-token");
        try (VaultProxy proxy = VaultProxy.to(bao.address())) {
            environment.put(VaultSettings.ADDRESS, proxy.address().toString());
            try (VaultSession session = run.open(environment)) {
                DatabaseCredentials user = session.databaseCredentials("team/database/creds/quick");
                assertThat(user.ttl()).isEqualTo(Duration.ofSeconds(3));
                assertThat(user.renewable()).isTrue();

                // Each comes after two thirds of what is left.
                LeaseFixture.await(
                        () -> proxy.count("sys/leases/renew") > 2 && proxy.count("auth/token/renew-self") > 2);

                assertThat(world.logsIn(user.username(), user.password()))
                        .as("long after the first lease would have ended")
                        .isTrue();
                assertThat(session.readSecret(AgentExecutorVault.SECRET).find("host"))
                        .as("the token is alive too")
                        .isPresent();
                assertThat(session.leaseLost()).isEmpty();
            }
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

                // One that fails, and two more: the second of them when the first lease would have ended.
                LeaseFixture.await(() -> proxy.count("sys/leases/renew") > 2);

                assertThat(session.leaseLost()).isEmpty();
                assertThat(world.logsIn(user.username(), user.password())).isTrue();
            }
        }
    }

    @Test
    void leaseThatMeetsItsMaximumIsSaidToBeLost() {
        try (VaultSession session = run.open(environment)) {
            String user =
                    session.databaseCredentials("team/database/creds/brief").username();
            assertThat(session.leaseLost()).isEmpty();

            LeaseFixture.await(() -> session.leaseLost().isPresent());

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

            LeaseFixture.await(() -> session.leaseLost().isPresent());
        }
    }

    @Test
    void leaseThatCanLastIsAcceptedAndLeftAsShortAsItWas() {
        try (VaultSession session = run.open(environment)) {
            DatabaseCredentials user = session.databaseCredentials("team/database/creds/long");

            // Never whole seconds in a run, as some of its time has passed already.
            Duration needed = Duration.ofMinutes(30).minusMillis(1);
            assertThatCode(() -> session.requireLasting(needed)).doesNotThrowAnyException();

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
        world.handed(environment, Map.of("policies", "database", "period", "1m"));

        try (VaultSession session = run.open(environment)) {
            session.databaseCredentials("team/database/creds/long");
            // Never whole seconds in a run, as some of its time has passed already.
            Duration needed = Duration.ofMinutes(30).minusMillis(1);
            assertThatCode(() -> session.requireLasting(needed)).doesNotThrowAnyException();
        }
    }

    @Test
    void tokenThatCannotBeRenewedIsRefusedUnlessItLastsLongEnough() {
        world.handed(environment, Map.of("policies", "database", "renewable", false, "ttl", "20m"));

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

    private AbstractStringAssert<?> tooShort(String role, Duration needed) {
        return run.fails(environment, ExitStatus.CONFIG, () -> {
            try (VaultSession session = run.open(environment)) {
                session.databaseCredentials(role);
                session.requireLasting(needed);
            }
        });
    }
}
