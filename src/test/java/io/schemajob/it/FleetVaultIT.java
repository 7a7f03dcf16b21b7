package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.App;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet whose targets have secrets of their own: each logs in by itself, and no password is shown anywhere. */
class FleetVaultIT {
    private static final String FOLDER = "bizmatters/agent-executor/";

    @AutoClose
    private static OpenBao bao;

    @AutoClose
    private static AgentExecutorVault vault;

    private final Postgres.Database first = Postgres.version(16).createDatabase();
    private final String further = first.name() + "_further";
    private final Postgres.Database second = Postgres.version(16).createDatabase();

    @TempDir
    Path temporary;

    @BeforeAll
    static void start() {
        bao = OpenBao.start();
        vault = AgentExecutorVault.in(bao);
    }

    @Test
    void eachTargetLogsInWithItsOwnSecret() throws IOException {
        store("first", first.server().port(), first);
        store("second", second.server().port(), second);
        // Nobody listens on port 1.
        store("gone", 1, second);

        first.server().superuserExecute("CREATE DATABASE %s OWNER %s".formatted(further, first.user()));

        App.Result retryable = run("first", "gone", "second");
        Cli.failed(ExitStatus.UNAVAILABLE, retryable);
        assertThat(retryable.err()).contains("1 of 3 target(s) did not end with 0: t1 (69 UNAVAILABLE: ");
        assertThat(retryable.out())
                .contains("[t0]     User: " + first.user(), "[t2]     User: " + second.user())
                .containsPattern("t0 +0 OK +001 +1 +0 ")
                .containsPattern("t2 +0 OK +001 +1 +0 ");

        App.Result hopeless = run("first", "unknown", "first, database: " + further);
        Cli.failed(ExitStatus.CONFIG, hopeless);
        assertThat(hopeless.out())
                .containsPattern("t0 +0 OK +001 +001 +0 +0 ")
                .contains("[t2]     Database: " + further + "\n")
                .containsPattern("t2 +0 OK +001 +1 +0 ");
    }

    private static void store(String name, int port, Postgres.Database database) {
        bao.api()
                .putSecret(
                        "kv",
                        FOLDER + name,
                        Map.of(
                                "host",
                                database.server().host(),
                                "port",
                                String.valueOf(port),
                                "database",
                                database.name(),
                                "username",
                                database.user(),
                                "password",
                                database.password()));
    }

    private App.Result run(String... secrets) throws IOException {
        StringBuilder yaml = new StringBuilder("targets:\n");
        for (int i = 0; i < secrets.length; i++) {
            yaml.append("  - {name: t%d, secret: kv/%s%s}\n".formatted(i, FOLDER, secrets[i]));
        }
        Path targets = Files.writeString(temporary.resolve("fleet.yaml"), yaml);
        return App.of(
                        "fleet",
                        "migrate",
                        "--bundle",
                        "agent-executor",
                        "--targets",
                        targets.toString(),
                        "--parallel",
                        "2",
                        "--connect-timeout",
                        "5s")
                .env(vault.environment())
                .secret(first.password())
                .secret(second.password())
                .run();
    }
}
