package io.schemajob.vault.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.testing.ServiceAccountTokens;
import io.schemajob.vault.http.VaultReplyTest;
import io.schemajob.vault.settings.VaultSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginRefusalTest {
    private static final JwtClaims JWT =
            JwtClaims.of(ServiceAccountTokens.es256().sign("apps", "migrator", "vault", Duration.ofMinutes(5)));

    private final VaultSettings settings = VaultSettings.of(
            Map.of(
                    VaultSettings.ADDRESS,
                    "https://vault.example:8200",
                    VaultSettings.ROLE,
                    "migrator",
                    VaultSettings.NAMESPACE,
                    "team"),
            Duration.ofSeconds(1));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"errors\":[\"invalid role name\"]}   | ACCESS_DENIED",
                "401 | {\"errors\":[\"no\"]}                  | ACCESS_DENIED",
                "403 | {\"errors\":[\"permission denied\"]}   | ACCESS_DENIED",
                "403 | \"RBAC: access denied by the mesh\"    | ACCESS_DENIED",
                "404 | {\"errors\":[\"no handler for route\"]} | CONFIG",
                "404 | {\"errors\":[\"namespace not found\"]} | CONFIG",
                "302 | {}                                     | CONFIG",
                "200 | \"a login page\"                       | CONFIG",
                "200 | {\"auth\":null}                        | CONFIG",
                "200 | {\"auth\":{\"client_token\":\"\",\"mfa_requirement\":{}}} | ACCESS_DENIED",
            })
    void statusFollowsFromTheAnswer(int status, String body, ExitStatus expected) {
        assertThat(refusal(status, body, Instant.now()).status()).isEqualTo(expected);
    }

    @Test
    void denialNamesRoleMountAddressNamespaceAndToken() {
        Failure failure = refusal(403, "{\"errors\":[\"permission denied\"]}", Instant.now());

        assertThat(failure.message())
                .isEqualTo("Vault refused the Kubernetes login of role 'migrator' at auth/kubernetes of"
                        + " https://vault.example:8200 in namespace team: permission denied.");
        assertThat(failure.where()).contains("subject system:serviceaccount:apps:migrator");
        assertThat(failure.hint()).contains("vault read auth/kubernetes/role/migrator");
    }

    @Test
    void expiredTokenIsNamed() {
        assertThat(refusal(403, "{}", Instant.now().plusSeconds(600)).message()).contains("expired at 20");
        assertThat(refusal(403, "{}", Instant.now()).message()).doesNotContain("expired at");
    }

    private Failure refusal(int status, String body, Instant now) {
        return LoginRefusal.of(settings, VaultReplyTest.reply(status, body), JWT, now);
    }
}
