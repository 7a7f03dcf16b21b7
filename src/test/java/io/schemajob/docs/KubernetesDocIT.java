package io.schemajob.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.kubernetes.KubernetesYaml;
import io.schemajob.testing.App;
import io.schemajob.testing.DocBlock;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.PostgresClient;
import io.schemajob.testing.Program;
import io.schemajob.testing.SchemajobCommand;
import io.schemajob.testing.UnixShell;
import io.schemajob.testing.VaultSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The walk of docs/kubernetes.md and the commands of docs/vault.md, as a reader copies them, but for addresses and names
 * of the example. What {@code kubectl} would start runs here with the same environment.
 */
class KubernetesDocIT {
    private static final String WALK = "docs/kubernetes.md";
    private static final String VAULT = "docs/vault.md";

    @TempDir
    Path folder;

    private Postgres.Database database;
    private VaultSetup room;

    /** The init container as the page has it. */
    @Test
    void theApplicationWaits() throws IOException {
        String block = Pattern.compile("(?ms)^```yaml\n(initContainers:.*?)^```$")
                .matcher(Files.readString(Path.of(WALK)))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        JsonNode container = KubernetesYaml.object(block).at("/initContainers/0");
        List<String> arguments = new ArrayList<>();
        container.path("args").forEach(argument -> arguments.add(argument.asText()));
        database = Postgres.version(16).createDatabase();
        App.Running waiting = App.of(arguments.toArray(String[]::new))
                .env(container.at("/env/0/name").asText(), database.url())
                .start()
                .awaitText("Waiting: it is at base");
        App.Result migrated = App.of("migrate", "--bundle", "agent-executor")
                .database(database)
                .run();
        assertThat(migrated.exitCode()).as(migrated.text()).isZero();
        assertThat(waiting.await().exitCode()).isZero();
    }

    @Test
    void walksFromAnEmptyVaultToARolledBackRelease() throws IOException {
        database = Postgres.version(16).createDatabase();
        try (VaultSetup vault = new VaultSetup(folder)) {
            room = vault;
            Path password = folder.resolve("password.txt");
            Files.writeString(password, database.password() + "\n");
            assertThat(succeeds(administrator(), WALK, "vault"))
                    .contains("kv/bizmatters/agent-executor/postgres: written");
            assertThat(password).doesNotExist();
            assertThat(succeeds(administrator(), WALK, "look_at_vault"))
                    .contains("kubernetes/", "[bizmatters]", "path \"kv/data/bizmatters/agent-executor/postgres\"");

            App.Result migrated = vault.job(vault.bao().address()).run();
            assertThat(migrated.exitCode()).as(migrated.text()).isZero();
            assertThat(migrated.text()).contains(expectedLog());

            assertThat(succeeds(person(), WALK, "look"))
                    .contains("001", "All 4 checkpoint tables verified successfully");
            String tables = Files.readString(Path.of(WALK))
                    .split("```\n      table_name")[1]
                    .split("```")[0];
            assertThat(succeeds(person(), WALK, "sql").replaceAll("(?m) +$", ""))
                    .contains("      table_name" + tables.stripTrailing());
            assertThat(succeeds(person(), WALK, "rollback")).contains("base");
        }
    }

    @Test
    void theCommandsOfTheVaultPageWork() throws IOException {
        database = Postgres.version(16).createDatabase();
        try (VaultSetup vault = new VaultSetup(folder)) {
            room = vault;
            assertThat(succeeds(person(), VAULT, "print"))
                    .contains("\"audience\": \"vault\"", "path \"auth/token/revoke-self\"");
            vault.bao().api().mountKv("kv", 2);
            Files.writeString(folder.resolve("password.txt"), database.password());
            succeeds(administrator(), VAULT, "put");
            Files.writeString(folder.resolve("admin.txt"), database.server().password());
            assertThat(succeeds(administrator().env(connection()), VAULT, "database"))
                    .contains(
                            "database/roles/agent-executor: written",
                            "kv/bizmatters/agent-executor/postgres: unchanged");
            App.Result migrated = vault.job(vault.bao().address())
                    .env(VaultSetup.dynamic(database))
                    .run();
            assertThat(migrated.exitCode()).as(migrated.text()).isZero();
        }
    }

    /** With the command line of Vault and an administrator's login. */
    private Program administrator() {
        return room.setup(UnixShell.DEBIAN, "vault", database)
                .env("PATH", room.command("vault") + ":/usr/bin:/bin")
                .without("PGPASSWORD_FILE");
    }

    /** With our command, psql and a way to the database. */
    private Program person() {
        Path commands = SchemajobCommand.in(folder.resolve("bin"));
        return Program.of("none")
                .env("PATH", commands + ":" + PostgresClient.bin(16) + ":/usr/bin:/bin")
                .env(connection());
    }

    private Map<String, String> connection() {
        return PostgresClient.environment(database);
    }

    /** Runs a block in a folder that has what the repository has at its top. */
    private String succeeds(Program with, String document, String name) throws IOException {
        String text = DocBlock.text(document, KubernetesDocIT.class, name)
                .replace(
                        "postgres.bizmatters.svc.cluster.local",
                        database.server().host())
                .replace("5432", String.valueOf(database.server().port()))
                .replace("=agent_executor_user", "=" + database.user())
                .replace("=agent_executor", "=" + database.name())
                .replace("=vault_admin", "=" + database.server().user());
        Path scripts = folder.resolve("vault");
        if (!Files.exists(scripts)) {
            Files.createSymbolicLink(scripts, Path.of("vault").toAbsolutePath());
        }
        Path block = Files.writeString(folder.resolve(name + ".sh"), "set -e\n" + text);
        Program.Result result =
                with.line("/bin/sh", block.toString()).in(folder).run();
        assertThat(result.exitCode()).as(text + result.text()).isZero();
        assertThat(result.text()).doesNotContain(database.password());
        return result.text();
    }

    /** The steps that the page shows, each of which is in the log. */
    private static String[] expectedLog() throws IOException {
        return Files.readString(Path.of(WALK))
                .lines()
                .filter(line -> line.startsWith("==> "))
                .toArray(String[]::new);
    }
}
