package io.schemajob.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.OpenBaoApi;
import io.schemajob.testing.ServiceAccountTokens;
import io.schemajob.vault.settings.VaultSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** AppRole, JWT and token logins to a real OpenBao. */
class VaultOtherLoginsIT {
    private static final ServiceAccountTokens ISSUER = ServiceAccountTokens.es256();

    @AutoClose
    private static OpenBao bao;

    @AutoClose
    private static AgentExecutorVault vault;

    private final VaultRun run = new VaultRun();

    @BeforeAll
    static void start() {
        bao = OpenBao.start();
        vault = AgentExecutorVault.in(bao);
        vault.store("postgres.example", 5432, "agent_executor", "agent_executor_user", VaultRun.CANARY);
        bao.api().enableAuth("approle", "ci/approle");
        bao.api().write("auth/ci/approle/role/migrator", Map.of("token_policies", AgentExecutorVault.NAME));
        bao.api().enableAuth("jwt", "jwt");
        bao.api().write("auth/jwt/config", Map.of("jwt_validation_pubkeys", List.of(ISSUER.publicKeyPem())));
        bao.api()
                .write(
                        "auth/jwt/role/migrator",
                        Map.of(
                                "role_type",
                                "jwt",
                                "user_claim",
                                "sub",
                                "bound_audiences",
                                List.of("vault"),
                                "token_policies",
                                AgentExecutorVault.NAME));
    }

    @Test
    void approleLogsInAtItsOwnMount() {
        int tokensBefore = bao.api().tokens();

        reads(appRole(roleId(), secretId()));

        assertThat(run.log().lines()).contains("step: Authenticating to Vault using AppRole auth...");
        assertThat(bao.api().tokens()).as("the token is revoked").isEqualTo(tokensBefore);
    }

    @Test
    void approleIsDeniedWithAWrongSecretId() {
        run.fails(appRole(roleId(), "11111111-2222-3333-4444-555555555555"), ExitStatus.ACCESS_DENIED)
                .contains("AppRole", "auth/ci/approle", "secret ID");
    }

    @Test
    void approleIsDeniedWithAnUnknownRoleId() {
        run.fails(appRole("no-such-role-id", secretId()), ExitStatus.ACCESS_DENIED)
                .contains("auth/ci/approle");
    }

    @Test
    void jwtLogsIn() {
        reads(jwt("migrator", Duration.ofMinutes(5)));

        assertThat(run.log().lines()).contains("step: Authenticating to Vault using JWT auth...");
    }

    @Test
    void expiredJwtIsSaidToBeExpired() {
        run.fails(jwt("migrator", Duration.ofMinutes(-5)), ExitStatus.ACCESS_DENIED)
                .contains("expired at", "auth/jwt", "'migrator'");
    }

    @Test
    void unknownJwtRoleIsNamed() {
        run.fails(jwt("nobody", Duration.ofMinutes(5)), ExitStatus.ACCESS_DENIED)
                .contains("role \"nobody\" could not be found");
    }

    @Test
    void textThatIsNoJwtIsSaidToBeNone() {
        Map<String, String> environment = jwt("migrator", Duration.ofMinutes(5));
        environment.put(
                VaultSettings.TOKEN_FILE, vault.tokenFile("no jwt at all").toString());

        run.fails(environment, ExitStatus.ACCESS_DENIED).contains("not a JWT");
    }

    @Test
    void handedTokenIsUsedAndLeftAlone() {
        String token = bao.api().createToken(Map.of("policies", AgentExecutorVault.NAME, "ttl", "5m"));

        reads(token(token));

        assertThat(run.log().lines()).contains("step: Authenticating to Vault using token auth...");
        assertThat(bao.api().as(token).status("auth/token/lookup-self")).isEqualTo(200);
    }

    @Test
    void tokensOfFilesAreUsed() throws IOException {
        Path home = Files.createTempDirectory("home");
        Map<String, String> nothing = environment("token");
        nothing.put(VaultSettings.HOME, home.toString());
        run.fails(nothing, ExitStatus.CONFIG).contains("VAULT_TOKEN is not set", "~/.vault-token");
        Files.writeString(
                home.resolve(".vault-token"),
                bao.api().createToken(Map.of("policies", AgentExecutorVault.NAME, "ttl", "5m")));
        reads(nothing);

        Map<String, String> named = new HashMap<>(nothing);
        named.put(
                VaultSettings.TOKEN_FILE,
                vault.tokenFile("s.thisIsNoTokenOfAnybody00").toString());
        run.fails(named, ExitStatus.ACCESS_DENIED);
        named.put(VaultSettings.TOKEN, bao.api().createToken(Map.of("policies", AgentExecutorVault.NAME, "ttl", "5m")));
        reads(named);
        Files.delete(home.resolve(".vault-token"));
        Files.delete(home);
    }

    @Test
    void handedTokenThatMayNotLookItselfUpIsUsedAllTheSame() {
        reads(token(bao.api()
                .createToken(Map.of("policies", AgentExecutorVault.NAME, "no_default_policy", true, "ttl", "5m"))));
    }

    @Test
    void batchTokenIsUsedAllTheSame() {
        reads(token(bao.api().createToken(Map.of("policies", AgentExecutorVault.NAME, "type", "batch", "ttl", "5m"))));
    }

    @Test
    void unknownTokenIsDenied() {
        run.fails(token("s.thisIsNoTokenOfAnybody00"), ExitStatus.ACCESS_DENIED).contains("VAULT_TOKEN");
    }

    @Test
    void revokedTokenIsDenied() {
        String token = bao.api().createToken(Map.of("policies", AgentExecutorVault.NAME));
        bao.api().as(token).write("auth/token/revoke-self", Map.of());

        run.fails(token(token), ExitStatus.ACCESS_DENIED).contains("revoked or expired");
    }

    /** What a pipeline hands over with -wrap-ttl, taken for the secret itself; and it is not used up by that. */
    @Test
    void wrappingTokensAreRecognised() {
        JsonNode token = bao.api().wrapping().write("auth/token/create", Map.of("policies", AgentExecutorVault.NAME));
        String wrapping = OpenBaoApi.wrappingToken(token);
        run.fails(token(wrapping), ExitStatus.CONFIG)
                .contains("VAULT_TOKEN is a wrapping token (of auth/token/create)", "vault unwrap -field=token");

        JsonNode secretId = bao.api().wrapping().write("auth/ci/approle/role/migrator/secret-id", Map.of());
        run.fails(appRole(roleId(), OpenBaoApi.wrappingToken(secretId)), ExitStatus.CONFIG)
                .contains("is a wrapping token (of auth/ci/approle/role/migrator/secret-id)", "-field=secret_id");
        run.fails(appRole(roleId(), secretId.toString()), ExitStatus.CONFIG)
                .contains("SCHEMAJOB_VAULT_SECRET_ID_FILE", "wrap_info", "vault unwrap");

        JsonNode unwrapped = bao.api().as(wrapping).write("sys/wrapping/unwrap", Map.of());
        assertThat(unwrapped.path("auth").path("client_token").asText()).isNotEmpty();
    }

    @Test
    void whatIsNoBareSecretIsSaidToBeNone() {
        run.fails(token("{\"auth\":{\"client_token\":\"s.x\"}}"), ExitStatus.CONFIG)
                .contains("VAULT_TOKEN holds JSON");
        run.fails(appRole(roleId(), "Key  Value\nsecret_id  x"), ExitStatus.CONFIG)
                .contains("several lines", "-field=");
        run.fails(appRole(roleId(), secretId() + "\u00a0"), ExitStatus.CONFIG).contains("no-break space (\\u00a0)");
    }

    private void reads(Map<String, String> environment) {
        try (VaultSession session = run.open(environment)) {
            assertThat(session.postgresCredentials().require("password")).isEqualTo(VaultRun.CANARY);
        }
        assertThat(run.log().lines()).noneMatch(line -> line.startsWith("warn: "));
    }

    private static Map<String, String> appRole(String roleId, String secretId) {
        Map<String, String> environment = environment("approle");
        environment.put(VaultSettings.AUTH_MOUNT, "auth/ci/approle/");
        environment.put(VaultSettings.ROLE_ID, roleId);
        environment.put(
                VaultSettings.SECRET_ID_FILE, vault.tokenFile(secretId + "\n").toString());
        return environment;
    }

    private static Map<String, String> jwt(String role, Duration validity) {
        Path file = vault.tokenFile(ISSUER.sign("bizmatters", "agent-executor", "vault", validity));
        Map<String, String> environment = environment("jwt");
        environment.put(VaultSettings.ROLE, role);
        environment.put(VaultSettings.TOKEN_FILE, file.toString());
        return environment;
    }

    private static Map<String, String> token(String token) {
        Map<String, String> environment = environment("token");
        environment.put(VaultSettings.TOKEN, token);
        return environment;
    }

    private static Map<String, String> environment(String auth) {
        return new HashMap<>(Map.of(
                VaultSettings.ADDRESS,
                bao.address().toString(),
                VaultSettings.AUTH,
                auth,
                VaultSettings.SECRET,
                AgentExecutorVault.SECRET));
    }

    private static String roleId() {
        return bao.api()
                .read("auth/ci/approle/role/migrator/role-id")
                .path("data")
                .path("role_id")
                .asText();
    }

    private static String secretId() {
        return bao.api()
                .write("auth/ci/approle/role/migrator/secret-id", Map.of())
                .path("data")
                .path("secret_id")
                .asText();
    }
}
