package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.ExitStatus;
import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.App;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Rows;
import io.schemajob.testing.TestCa;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The containers of {@code kubernetes/agent-executor} as processes: their arguments and variables, against a real Vault login
 * and a real server. Only the address of Vault and the place of the token are those of this machine.
 */
class ManifestRunIT {
    private static final List<String> LOCAL = List.of("VAULT_ADDR", "SCHEMAJOB_VAULT_TOKEN_FILE");

    @Test
    void migratesVerifiesAndTakesBackOverTls() throws Exception {
        try (OpenBao bao = OpenBao.start();
                AgentExecutorVault vault = AgentExecutorVault.in(bao);
                Postgres server = Postgres.dedicated(16).tls(TestCa.create()).start()) {
            Postgres.Database database = server.createDatabase();
            vault.store(database);
            server.superuserExecute("ALTER SYSTEM SET log_connections = on");
            server.superuserExecute("SELECT pg_reload_conf()");

            succeeds(container("", vault));
            assertThat(Rows.of(database, "SELECT max(v) FROM checkpoint_migrations"))
                    .containsExactly(List.of("9"));
            assertThat(server.log()).contains("SSL enabled");
            succeeds(container("", vault));
            succeeds(container("argocd", vault));
            succeeds(container("verify", vault));
            // Kubernetes may start a Job's pod twice; the second must not take back more.
            succeeds(container("rollback", vault));
            succeeds(container("rollback", vault));
            assertThat(Rows.of(database, "SELECT to_regclass('checkpoints')")).containsExactly(List.of("NULL"));
        }
    }

    @Test
    void refusesAServerWithoutTls() {
        try (OpenBao bao = OpenBao.start();
                AgentExecutorVault vault = AgentExecutorVault.in(bao)) {
            Postgres.Database database = Postgres.version(16).createDatabase();
            vault.store(database);
            App.Result refused =
                    container("", vault).env("SCHEMAJOB_CONNECT_TIMEOUT", "3s").run();
            assertThat(refused.exitCode()).as(refused.text()).isNotEqualTo(ExitStatus.OK.code());
            assertThat(refused.err()).contains("SSL");
            succeeds(container("", vault).env("PGSSLMODE", "prefer"));
        }
    }

    private static App container(String folder, AgentExecutorVault vault) {
        KubernetesObject job = ObjectRules.jobs(ManifestsTest.applied(
                        GeneratedFiles.MANIFESTS.resolve("agent-executor").resolve(folder)))
                .get(0);
        JsonNode container = job.containers().get(0);
        App app = App.of(KubernetesObject.texts(container.get("args")).toArray(String[]::new));
        for (JsonNode variable : container.get("env")) {
            app.env(variable.get("name").asText(), variable.get("value").asText());
        }
        for (Map.Entry<String, String> variable : vault.environment().entrySet()) {
            if (LOCAL.contains(variable.getKey())) {
                app.env(variable.getKey(), variable.getValue());
            }
        }
        return app;
    }

    private static void succeeds(App app) {
        App.Result result = app.run();
        assertThat(result.exitCode()).as(result.text()).isZero();
    }
}
