package io.schemajob.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.Promptly;
import io.schemajob.testing.VaultProxy;
import io.schemajob.vault.settings.VaultSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Vault that is sealed, down, slow, overloaded or elsewhere, and runs that are stopped while they wait for it. */
class VaultAvailabilityIT {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @AutoClose
    private static OpenBao bao;

    @AutoClose
    private static AgentExecutorVault vault;

    private final VaultRun run = new VaultRun().patient(PATIENCE);
    private Map<String, String> environment;

    @BeforeAll
    static void start() {
        bao = OpenBao.start();
        vault = AgentExecutorVault.in(bao);
        vault.store("postgres.example", 5432, "agent_executor", "agent_executor_user", VaultRun.CANARY);
    }

    @BeforeEach
    void prepare() {
        environment = vault.environment();
    }

    @Test
    void sealedVaultIsUnavailableAfterTheTimeOutAndNoEarlier() {
        bao.seal();
        try {
            Duration took =
                    timed(() -> run.fails(environment, ExitStatus.UNAVAILABLE).contains("for 3 s: it is sealed"));
            assertThat(took).isBetween(PATIENCE, PATIENCE.plus(Promptly.LIMIT));
        } finally {
            bao.unseal();
        }
    }

    @Test
    void vaultThatIsUnsealedWithinTheTimeOutIsWaitedFor() {
        run.patient(Duration.ofSeconds(30));
        bao.seal();
        CompletableFuture<Void> unsealed = CompletableFuture.runAsync(bao::unseal, later(1000));

        reads();

        assertThat(unsealed).isCompleted();
        assertThat(run.log().lines())
                .filteredOn(line -> line.startsWith("warn: "))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("it is sealed", "up to 30 s"));
    }

    @Test
    void vaultThatIsDownIsUnavailableAfterTheTimeOutAndNoEarlier() {
        bao.stop();
        try {
            Duration took = timed(() -> run.fails(environment, ExitStatus.UNAVAILABLE)
                    .contains(bao.address().toString(), "the connection was refused"));
            assertThat(took).isBetween(PATIENCE, PATIENCE.plus(Promptly.LIMIT));
        } finally {
            bao.restart();
        }
    }

    @Test
    void vaultThatIsRestartedWithinTheTimeOutIsWaitedFor() {
        run.patient(Duration.ofSeconds(30));
        bao.stop();
        CompletableFuture<Void> restarted = CompletableFuture.runAsync(bao::restart, later(1000));

        reads();

        restarted.join();
    }

    @Test
    void vaultThatNeverAnswersIsUnavailable() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            environment.put(VaultSettings.ADDRESS, "http://127.0.0.1:" + mute.getLocalPort());

            Duration took =
                    timed(() -> run.fails(environment, ExitStatus.UNAVAILABLE).contains("did not answer in time"));

            assertThat(took).isBetween(PATIENCE, PATIENCE.plus(Promptly.LIMIT));
        }
    }

    @Test
    void hostWithoutAddressIsUnavailable() {
        environment.put(VaultSettings.ADDRESS, "http://vault.invalid:8200");

        run.patient(Duration.ofMillis(300))
                .fails(environment, ExitStatus.UNAVAILABLE)
                .contains("host name cannot be resolved", "for 300 ms");
    }

    @ParameterizedTest
    @ValueSource(ints = {412, 429, 500, 502, 503, 504})
    void passingTroubleOfLoginAndReadIsOutlasted(int status) {
        run.patient(Duration.ofSeconds(30));
        try (VaultProxy proxy = VaultProxy.to(bao.address())) {
            environment.put(VaultSettings.ADDRESS, proxy.address().toString());
            proxy.answer("/login", 2, status, Map.of());
            proxy.answer("/kv/data/", 2, status, Map.of());

            reads();

            assertThat(proxy.count("/login")).isEqualTo(3);
            assertThat(proxy.count("/kv/data/")).isEqualTo(3);
        }
    }

    @Test
    void serverThatAsksForAPauseGetsIt() {
        try (VaultProxy proxy = VaultProxy.to(bao.address())) {
            environment.put(VaultSettings.ADDRESS, proxy.address().toString());
            proxy.answer("/login", 1, 429, Map.of("Retry-After", "2"));

            assertThat(timed(this::reads)).isGreaterThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void standbyThatRedirectsIsFollowed() {
        try (VaultProxy proxy = VaultProxy.to(bao.address())) {
            environment.put(VaultSettings.ADDRESS, proxy.address().toString());
            // On the same host, at another port.
            String active = "http://127.0.0.1:" + bao.address().getPort();
            proxy.answer("/login", 1, 307, Map.of("Location", active + "/v1/auth/kubernetes/login"));

            reads();

            assertThat(proxy.count("/login")).isEqualTo(1);
        }
    }

    /** An ingress that leads to TLS, or to another name; whoever followed would send the token there. */
    @Test
    void redirectThatLeadsElsewhereIsNotFollowed() {
        try (VaultProxy elsewhere = VaultProxy.to(bao.address());
                VaultProxy ingress = VaultProxy.to(bao.address())) {
            environment.put(VaultSettings.ADDRESS, ingress.address().toString());
            String localhost = "http://localhost:" + elsewhere.address().getPort();
            for (int status : List.of(301, 302, 303, 307, 308)) {
                ingress.answer("/login", 1, status, Map.of("Location", localhost + "/v1/auth/kubernetes/login"));
                run.fails(environment, ExitStatus.CONFIG)
                        .contains("redirects to " + localhost + " (HTTP status " + status, "VAULT_ADDR=" + localhost);
            }
            for (int status : List.of(301, 302)) {
                ingress.answer("/login", 1, status, Map.of("Location", bao.address() + "/v1/auth/kubernetes/login"));
                run.fails(environment, ExitStatus.CONFIG).contains("VAULT_ADDR=" + bao.address());
            }
            ingress.answer("/login", 1, 308, Map.of("Location", "https://vault.example/v1/auth/kubernetes/login?a=b"));
            run.fails(environment, ExitStatus.CONFIG)
                    .contains("VAULT_ADDR=https://vault.example")
                    .doesNotContain("a=b");
            ingress.answer("/login", 1, 301, Map.of("Location", "http://[nonsense"));
            run.fails(environment, ExitStatus.CONFIG).contains("VAULT_ADDR");
            ingress.answer("agent-executor", 1, 307, Map.of("Location", localhost + "/v1/kv"));
            run.fails(environment, ExitStatus.CONFIG).contains("redirects to " + localhost);

            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void whatIsNotVaultIsSaidNotToBeIt() {
        environment.put(VaultSettings.ADDRESS, bao.address() + "/vault");
        run.fails(environment, ExitStatus.CONFIG).contains("Nothing accepts logins", "VAULT_ADDR");

        try (VaultProxy proxy = VaultProxy.to(bao.address())) {
            environment.put(VaultSettings.ADDRESS, proxy.address().toString());
            proxy.answer("/login", 1, 200, Map.of());
            run.fails(environment, ExitStatus.CONFIG).contains("is not Vault");
        }
    }

    @Test
    void tokenReviewThatStaysAwayIsADenialInTheEnd() {
        try (VaultProxy proxy = VaultProxy.to(bao.address())) {
            environment.put(VaultSettings.ADDRESS, proxy.address().toString());
            vault.review().failNext(100);

            run.fails(environment, ExitStatus.ACCESS_DENIED).contains("token reviews");

            assertThat(proxy.count("/login")).as("tried").isEqualTo(3);
        } finally {
            vault.review().failNext(0);
        }
    }

    @Test
    void stoppedRunEndsItsWaitAtOnce() {
        run.patient(Duration.ofMinutes(5));
        environment.put(VaultSettings.ADDRESS, "http://127.0.0.1:1");

        assertThat(timed(() -> failsStopped(500))).isBetween(Duration.ofMillis(500), Promptly.LIMIT);
    }

    @Test
    void stoppedRunEndsARequestInFlight() {
        try (VaultProxy proxy = VaultProxy.to(bao.address())) {
            environment.put(VaultSettings.ADDRESS, proxy.address().toString());
            proxy.delay("/login", Promptly.LIMIT.multipliedBy(2));

            assertThat(timed(() -> failsStopped(300))).isLessThan(Promptly.LIMIT);
        }
    }

    @Test
    void tokenThatComesAfterTheStopIsGivenBack() {
        int tokensBefore = bao.api().tokens();
        try (VaultProxy proxy = VaultProxy.to(bao.address())) {
            environment.put(VaultSettings.ADDRESS, proxy.address().toString());
            proxy.delay("/login", Duration.ofMillis(100));
            Failure why = Failure.of(ExitStatus.TERMINATED, "SIGTERM");
            // Not before Vault has the request, however long this machine takes to send it.
            CompletableFuture.runAsync(() -> {
                while (proxy.count("/login") == 0) {
                    LockSupport.parkNanos(1_000_000);
                }
                run.cancellation().stop(why);
            });
            SchemajobException error = catchThrowableOfType(SchemajobException.class, () -> run.open(environment));
            assertThat(error.failure()).isSameAs(why);

            assertThat(proxy.count("revoke-self")).isEqualTo(1);
        }
        assertThat(bao.api().tokens()).isEqualTo(tokensBefore);
    }

    @Test
    void stoppedRunEndsAReadInFlight() {
        try (VaultProxy proxy = VaultProxy.to(bao.address())) {
            environment.put(VaultSettings.ADDRESS, proxy.address().toString());
            proxy.delay("/kv/data/", Promptly.LIMIT.multipliedBy(2));
            try (VaultSession session = run.open(environment)) {
                assertThat(timed(() -> failsStopped(300, session::postgresCredentials)))
                        .isLessThan(Promptly.LIMIT);
            }
        }
    }

    private void failsStopped(long afterMillis) {
        failsStopped(afterMillis, () -> run.open(environment));
    }

    private void failsStopped(long afterMillis, ThrowingCallable action) {
        Failure why = Failure.of(ExitStatus.TERMINATED, "SIGTERM");
        CompletableFuture.runAsync(() -> run.cancellation().stop(why), later(afterMillis));
        SchemajobException error = catchThrowableOfType(SchemajobException.class, action);
        assertThat(error.failure()).isSameAs(why);
    }

    private void reads() {
        try (VaultSession session = run.open(environment)) {
            assertThat(session.postgresCredentials().require("password")).isEqualTo(VaultRun.CANARY);
        }
    }

    private static Duration timed(Runnable action) {
        long start = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Executor later(long millis) {
        return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
    }
}
