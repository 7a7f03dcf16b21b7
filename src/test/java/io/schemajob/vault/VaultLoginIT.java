package io.schemajob.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.OpenBao;
import io.schemajob.vault.settings.Secret;
import io.schemajob.vault.settings.VaultSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every way to log in to a real OpenBao, and every way to be refused. */
class VaultLoginIT {
    @AutoClose
    private static OpenBao bao;

    @AutoClose
    private static AgentExecutorVault vault;

    private Map<String, String> environment;
    private VaultRun run;

    @BeforeAll
    static void start() {
        bao = OpenBao.start();
        vault = AgentExecutorVault.in(bao);
        vault.store("postgres.example", 5432, "agent_executor", "agent_executor_user", VaultRun.CANARY);
    }

    @BeforeEach
    void prepare() {
        environment = vault.environment();
        run = new VaultRun();
    }

    @Test
    void kubernetesLoginReadsTheSecretInTheStepsThatOperatorsKnow() {
        int tokensBefore = bao.api().tokens();

        try (VaultSession session = run.open(environment)) {
            Secret secret = session.postgresCredentials();
            assertThat(secret.require("host")).isEqualTo("postgres.example");
            assertThat(secret.require("password")).isEqualTo(VaultRun.CANARY);
        }

        assertThat(run.log().lines())
                .filteredOn(line -> line.startsWith("step: "))
                .containsExactly(
                        "step: Authenticating to Vault using Kubernetes auth...",
                        "step: Successfully authenticated to Vault",
                        "step: Fetching PostgreSQL credentials from Vault...",
                        "step: PostgreSQL credentials fetched successfully");
        assertThat(run.log().lines()).noneMatch(line -> line.startsWith("warn: "));
        assertThat(bao.api().tokens()).as("the token is revoked").isEqualTo(tokensBefore);
        assertThat(vault.review().requests()).last().satisfies(review -> assertThat(
                        review.path("spec").path("audiences").path(0).asText())
                .isEqualTo("vault"));
    }

    @Test
    void unknownRoleIsDeniedWithMountRoleAndAddress() {
        environment.put(VaultSettings.ROLE, "nobody");

        run.fails(environment, ExitStatus.ACCESS_DENIED)
                .contains("role 'nobody'", "auth/kubernetes", bao.address().toString(), "invalid role name");
    }

    @Test
    void expiredTokenIsSaidToBeExpired() {
        environment.put(
                VaultSettings.TOKEN_FILE,
                vault.tokenFile(Duration.ofMinutes(-5)).toString());

        run.fails(environment, ExitStatus.ACCESS_DENIED)
                .contains("expired at", "system:serviceaccount:bizmatters:agent-executor");
    }

    @Test
    void tokenOfAnotherServiceAccountIsDenied() {
        Path file = vault.tokenFile(vault.tokens().sign("bizmatters", "other", "vault", Duration.ofMinutes(10)));
        environment.put(VaultSettings.TOKEN_FILE, file.toString());

        run.fails(environment, ExitStatus.ACCESS_DENIED).contains("system:serviceaccount:bizmatters:other");
    }

    @Test
    void tokenForAnotherAudienceIsDenied() {
        Path file = vault.tokenFile(
                vault.tokens().sign("bizmatters", "agent-executor", "database", Duration.ofMinutes(10)));
        environment.put(VaultSettings.TOKEN_FILE, file.toString());

        run.fails(environment, ExitStatus.ACCESS_DENIED).contains("[\"database\"]", "audience");
    }

    @Test
    void tokenReviewThatFailsOnceIsAskedAgain() {
        vault.review().failNext(1);

        try (VaultSession session = run.open(environment)) {
            assertThat(session.readSecret(AgentExecutorVault.SECRET).require("port"))
                    .isEqualTo("5432");
        }
    }
}
