package io.schemajob.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.OpenBaoApi;
import io.schemajob.testing.VaultProxy;
import io.schemajob.vault.settings.VaultSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A job whose logins and secrets are in a namespace. */
class VaultNamespaceIT {
    @AutoClose
    private static OpenBao bao;

    private static OpenBaoApi team;

    private final VaultRun run = new VaultRun();

    @BeforeAll
    static void start() {
        bao = OpenBao.start();
        bao.api().write("sys/namespaces/team", Map.of());
        team = bao.api().inNamespace("team");
        team.mountKv("kv", 2);
        team.putSecret("kv", "app", Map.of("host", "db.team.example", "password", VaultRun.CANARY));
        team.policy("reader", "path \"kv/data/*\" { capabilities = [\"read\"] }");
        team.enableAuth("approle", "approle");
        team.write(
                "auth/approle/role/migrator",
                Map.of(
                        "token_policies",
                        "reader",
                        "bind_secret_id",
                        false,
                        "token_bound_cidrs",
                        "127.0.0.1/32",
                        "secret_id_bound_cidrs",
                        "127.0.0.1/32"));
    }

    @Test
    void everyRequestNamesTheNamespace() {
        try (VaultProxy proxy = VaultProxy.to(bao.address())) {
            Map<String, String> environment = environment("/team/");
            environment.put(VaultSettings.ADDRESS, proxy.address().toString());

            try (VaultSession session = run.open(environment)) {
                assertThat(session.postgresCredentials().require("host")).isEqualTo("db.team.example");
            }

            assertThat(proxy.requests()).hasSize(4).allSatisfy(request -> assertThat(request.headers())
                    .containsEntry("x-vault-namespace", "team"));
        }
    }

    @Test
    void unknownNamespaceIsNamed() {
        run.fails(environment("nobody"), ExitStatus.CONFIG).contains("no namespace 'nobody'", "VAULT_NAMESPACE");
    }

    @Test
    void forgottenNamespaceIsADenial() {
        Map<String, String> environment = environment("team");
        environment.remove(VaultSettings.NAMESPACE);

        run.fails(environment, ExitStatus.ACCESS_DENIED).contains("auth/approle");
    }

    private static Map<String, String> environment(String namespace) {
        String roleId = team.read("auth/approle/role/migrator/role-id")
                .path("data")
                .path("role_id")
                .asText();
        return new HashMap<>(Map.of(
                VaultSettings.ADDRESS,
                bao.address().toString(),
                VaultSettings.AUTH,
                "approle",
                VaultSettings.ROLE_ID,
                roleId,
                VaultSettings.NAMESPACE,
                namespace,
                VaultSettings.SECRET,
                "kv/app"));
    }
}
