package io.schemajob.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.VaultProxy;
import io.schemajob.vault.settings.Secret;
import io.schemajob.vault.settings.VaultSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets of both KV versions on a real OpenBao, at mounts of one and of several segments. */
class VaultKvIT {
    private static final Map<String, Object> VALUES =
            Map.of("host", "db.example", "port", 5432, "password", VaultRun.CANARY, "tls", true);

    @AutoClose
    private static OpenBao bao;

    private final VaultRun run = new VaultRun();

    @BeforeAll
    static void start() {
        bao = OpenBao.start();
        bao.api().mountKv("kv", 2);
        bao.api().mountKv("team/apps/kv2", 2);
        bao.api().mountKv("old", 1);
        bao.api().mountKv("team/apps/kv1", 1);
        bao.api().putSecret("kv", "app/postgres", VALUES);
        bao.api().putSecret("team/apps/kv2", "app/postgres", VALUES);
        bao.api().write("old/app/postgres", VALUES);
        bao.api().write("team/apps/kv1/app/postgres", VALUES);
        bao.api()
                .policy(
                        "reader",
                        """
                        path "kv/data/*" { capabilities = ["read"] }
                        path "team/apps/kv2/data/*" { capabilities = ["read"] }
                        path "old/*" { capabilities = ["read"] }
                        path "team/apps/kv1/*" { capabilities = ["read"] }
                        path "kv/data/secret-of-others" { capabilities = ["deny"] }
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kv/app/postgres",
                "/kv/app/postgres/",
                "team/apps/kv2/app/postgres",
                "old/app/postgres",
                "team/apps/kv1/app/postgres"
            })
    void bothVersionsAreFoundOut(String path) {
        reads(bao.address().toString(), path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kv/app/postgres", "team/apps/kv2/app/postgres", "old/app/postgres", "team/apps/kv1/app/postgres"
            })
    void bothVersionsAreFoundOutWhereVaultDoesNotTellItsMounts(String path) {
        try (VaultProxy proxy = VaultProxy.to(bao.address())) {
            proxy.answer("sys/internal/ui/mounts", 1, 403, Map.of());

            reads(proxy.address().toString(), path);

            assertThat(proxy.count("sys/internal/ui/mounts")).isEqualTo(1);
        }
    }

    @Test
    void addressMayHaveAPath() {
        try (VaultProxy proxy = VaultProxy.to(bao.address())) {
            proxy.stripPrefix("/behind/proxy");

            reads(proxy.address() + "/behind/proxy/", "kv/app/postgres");
        }
    }

    @Test
    void oddCharactersOfAPathAreEncoded() {
        bao.api().putSecret("kv", "a%20b%2Bc%25d", VALUES);

        reads(bao.address().toString(), "kv/a b+c%d");
    }

    @Test
    void missingSecretIsNamed() {
        run.fails(environment("kv/app/nothing"), ExitStatus.CONFIG)
                .contains("no secret at kv/app/nothing", "vault kv put");
        run.fails(environment("old/app/nothing"), ExitStatus.CONFIG).contains("no secret at old/app/nothing");
    }

    @Test
    void apiPathIsRecognised() {
        run.fails(environment("kv/data/app/postgres"), ExitStatus.CONFIG).contains("Leave out the 'data/'");
    }

    @Test
    void deletedAndDestroyedVersionsAreSaidToBeThat() {
        bao.api().putSecret("kv", "gone", VALUES);
        bao.api().delete("kv/data/gone");
        run.fails(environment("kv/gone"), ExitStatus.CONFIG).contains("was deleted at", "undelete -versions=1 kv/gone");

        bao.api().write("kv/destroy/gone", Map.of("versions", List.of(1)));
        run.fails(environment("kv/gone"), ExitStatus.CONFIG).contains("kv/gone was destroyed");
    }

    @Test
    void deniedSecretIsNamedWithThePolicyThatWouldAllowIt() {
        run.fails(environment("kv/secret-of-others"), ExitStatus.ACCESS_DENIED)
                .contains("denies reading the secret kv/secret-of-others")
                .contains("path \"kv/data/secret-of-others\" { capabilities = [\"read\"] }");
    }

    @Test
    void mountThatTheTokenKnowsNothingOfIsDeniedWithThePoliciesOfBothVersions() {
        run.fails(environment("elsewhere/app"), ExitStatus.ACCESS_DENIED)
                .contains("path \"elsewhere/data/app\"", "path \"elsewhere/app\"");
    }

    @Test
    void engineOfAnotherKindIsNamed() {
        Map<String, String> environment = environment("database/creds/app");
        bao.api().write("sys/mounts/database", Map.of("type", "database"));
        environment.put(VaultSettings.TOKEN, bao.api().token());

        run.fails(environment, ExitStatus.CONFIG).contains("a database engine");
    }

    @Test
    void missingKeyIsNamedWithItsSecretAndTheKeysThatAreThere() {
        run.fails(environment("kv/app/postgres"), ExitStatus.CONFIG, () -> {
                    try (VaultSession session = run.open(environment("kv/app/postgres"))) {
                        session.postgresCredentials().require("username");
                    }
                })
                .contains("kv/app/postgres has no value for 'username'", "host, password, port, tls");
    }

    @Test
    void secretIsMissingFromTheSettings() {
        Map<String, String> environment = environment("kv/app/postgres");
        environment.remove(VaultSettings.SECRET);

        run.fails(environment, ExitStatus.CONFIG).contains("SCHEMAJOB_VAULT_SECRET is not set");
    }

    private void reads(String address, String path) {
        Map<String, String> environment = environment(path);
        environment.put(VaultSettings.ADDRESS, address);
        try (VaultSession session = run.patient(Duration.ofSeconds(3)).open(environment)) {
            Secret secret = session.postgresCredentials();
            assertThat(secret.values())
                    .isEqualTo(
                            Map.of("host", "db.example", "port", "5432", "password", VaultRun.CANARY, "tls", "true"));
            assertThat(run.redactor().redact("password=" + VaultRun.CANARY + " host=db.example"))
                    .isEqualTo("password=*** host=db.example");
        }
    }

    private static Map<String, String> environment(String secret) {
        return new HashMap<>(Map.of(
                VaultSettings.ADDRESS,
                bao.address().toString(),
                VaultSettings.AUTH,
                "token",
                VaultSettings.TOKEN,
                bao.api().createToken(Map.of("policies", "reader", "ttl", "10m")),
                VaultSettings.SECRET,
                secret));
    }
}
