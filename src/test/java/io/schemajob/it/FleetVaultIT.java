package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.App;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.VaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Both versions of the engine, and where Vault does not tell its mounts. */
    @ParameterizedTest
    @ValueSource(strings = {"shop2", "shop1"})
    void everySecretBelowAPathIsATarget(String mount) {
        int version = mount.endsWith("2") ? 2 : 1;
        bao.api().mountKv(mount, version);
        for (Postgres.Database database : List.of(first, second)) {
            bao.api()
                    .write(
                            mount + (version == 2 ? "/data" : "") + "/tenants/" + database.name(),
                            version == 2 ? Map.of("data", values(database)) : values(database));
        }
        bao.api()
                .write(
                        mount + (version == 2 ? "/data" : "") + "/tenants/deeper/one",
                        version == 2 ? Map.of("data", Map.of("a", "b")) : Map.of("a", "b"));
        bao.api()
                .policy(
                        "fleet-" + mount,
                        "path \"%1$s/data/tenants/*\" { capabilities = [\"read\"] }\n".formatted(mount)
                                + "path \"%1$s/metadata/tenants/\" { capabilities = [\"list\"] }\n".formatted(mount)
                                + "path \"%1$s/tenants/*\" { capabilities = [\"read\", \"list\"] }\n".formatted(mount));
        String token = bao.api().createToken(Map.of("policies", List.of("fleet-" + mount)));
        try (VaultProxy proxy = VaultProxy.to(bao.address())) {
            App.Result told = vaultFleet(bao.address().toString(), token, mount + "/tenants/");
            Cli.succeeded(told);
            assertThat(told.out())
                    .contains("==> 2 of 2 target(s) of the fleet are this run's")
                    .containsPattern(first.name() + " +0 OK +001 +1 +0 ")
                    .containsPattern(second.name() + " +0 OK +001 +1 +0 ");
            proxy.answer("sys/internal/ui/mounts", 1, 403, Map.of());
            Cli.succeeded(vaultFleet(proxy.address().toString(), token, mount + "/tenants"));
        }
        App.Result denied = vaultFleet(bao.address().toString(), token, mount + "/others");
        Cli.failed(ExitStatus.ACCESS_DENIED, denied);
        assertThat(denied.err()).contains("Vault denies listing the secrets below " + mount + "/others", "\"list\"");
        App.Result empty = vaultFleet(bao.address().toString(), bao.api().token(), mount + "/others");
        Cli.failed(ExitStatus.CONFIG, empty);
        assertThat(empty.err()).contains("The fleet has no target: --targets-vault " + mount + "/others names none.");
        bao.api()
                .write(
                        mount + (version == 2 ? "/data" : "") + "/odd/not%20a%20word",
                        version == 2 ? Map.of("data", values(first)) : values(first));
        App.Result odd = vaultFleet(bao.address().toString(), bao.api().token(), mount + "/odd");
        Cli.failed(ExitStatus.CONFIG, odd);
        assertThat(odd.err()).contains("/odd/not a word\" of Vault cannot be a target: its name must be letters");
    }

    private App.Result vaultFleet(String address, String token, String path) {
        return App.command("fleet", "migrate", "--bundle", "agent-executor", "--targets-vault", path, "--parallel", "2")
                .env("VAULT_ADDR", address)
                .env("SCHEMAJOB_VAULT_AUTH", "token")
                .env("VAULT_TOKEN", token)
                .secret(first.password())
                .secret(second.password())
                .run();
    }

    private static Map<String, String> values(Postgres.Database database) {
        return values(database.server().port(), database);
    }

    private static Map<String, String> values(int port, Postgres.Database database) {
        return Map.of(
                "host",
                database.server().host(),
                "port",
                String.valueOf(port),
                "database",
                database.name(),
                "username",
                database.user(),
                "password",
                database.password());
    }

    private static void store(String name, int port, Postgres.Database database) {
        bao.api().putSecret("kv", FOLDER + name, values(port, database));
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
