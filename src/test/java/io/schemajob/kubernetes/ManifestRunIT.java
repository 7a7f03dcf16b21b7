package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.App;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Rows;
import io.schemajob.testing.SqliteFile;
import io.schemajob.testing.TestCa;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The containers of {@code kubernetes/} as processes: their arguments and variables, against a real Vault login and a real
 * server. Only the address of Vault, the place of the token and that of volumes are those of this machine.
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

    /** The Jobs of the cut-over from SQLite in their order, on a file of the layout of phase 1. */
    @Test
    void importsAndGoesBack(@TempDir Path claim) throws Exception {
        SqliteFile file = SqliteFile.phase1(4, 200);
        String before = file.digest();
        Path source = file.path().getParent();
        Map<String, Path> volumes = Map.of("/source", source, "/import", claim);
        try (OpenBao bao = OpenBao.start();
                AgentExecutorVault vault = AgentExecutorVault.in(bao, "agent-platform")) {
            Postgres.Database database = Postgres.version(16).createDatabase();
            vault.store(database);
            assertThat(source.toFile().setWritable(false)).isTrue();
            succeeds(cutOver("", vault, volumes));
            succeeds(cutOver("import-dry-run", vault, volumes));
            assertThat(Rows.of(database, "SELECT count(*) FROM tasks")).containsExactly(List.of("0"));
            succeeds(cutOver("import", vault, volumes));
            assertThat(Rows.of(database, "SELECT count(*) FROM tasks")).containsExactly(List.of("200"));
            // Kubernetes may start a Job's pod twice.
            assertThat(succeeds(cutOver("import", vault, volumes)).out()).contains("All rows are already there");
            succeeds(cutOver("verify", vault, volumes));
            assertThat(file.digest()).isEqualTo(before);
            assertThat(file.folder()).containsExactly("agents.db");
            assertThat(claim).isDirectoryContaining(each -> each.endsWith("ids.csv"));

            database.execute("INSERT INTO tasks (title) VALUES ('after the cut-over')");
            assertThat(source.toFile().setWritable(true)).isTrue();
            succeeds(cutOver("export", vault, volumes));
            SqliteFile back = SqliteFile.existing(source.resolve("back.db"));
            String ids =
                    "SELECT id, title, assigned_agent_id FROM tasks WHERE title <> 'after the cut-over' ORDER BY id";
            assertThat(back.rows(ids)).hasSize(200).isEqualTo(file.rows(ids));
            assertThat(back.rows("SELECT count(*) FROM tasks")).containsExactly("201");
        }
    }

    private static App cutOver(String folder, AgentExecutorVault vault, Map<String, Path> volumes) {
        return container("agent-platform", folder, vault, volumes).env("PGSSLMODE", "prefer");
    }

    private static App container(String folder, AgentExecutorVault vault) {
        return container("agent-executor", folder, vault, Map.of());
    }

    private static App container(String bundle, String folder, AgentExecutorVault vault, Map<String, Path> volumes) {
        KubernetesObject job = ObjectRules.jobs(ManifestsTest.applied(
                        GeneratedFiles.MANIFESTS.resolve(bundle).resolve(folder)))
                .get(0);
        return local(ContainerRun.of(job, volumes), vault);
    }

    /** With the address of Vault and the place of the token that this machine has. */
    static App local(App app, AgentExecutorVault vault) {
        for (Map.Entry<String, String> variable : vault.environment().entrySet()) {
            if (LOCAL.contains(variable.getKey())) {
                app.env(variable.getKey(), variable.getValue());
            }
        }
        return app;
    }

    private static App.Result succeeds(App app) {
        App.Result result = app.run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        return result;
    }
}
