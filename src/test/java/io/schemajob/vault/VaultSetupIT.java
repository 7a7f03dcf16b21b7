package io.schemajob.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.testing.App;
import io.schemajob.testing.OpenBaoApi;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Program;
import io.schemajob.testing.UnixShell;
import io.schemajob.testing.VaultProxy;
import io.schemajob.testing.VaultSetup;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code vault/setup.sh} makes in a real server: all that the job needs, nothing more, and nothing twice. */
class VaultSetupIT {
    private static final Pattern GRANT = Pattern.compile("path \"([^\"]+)\" \\{\\s+capabilities = \\[\"(\\w+)\"]");

    /** Everything that the second run may do: look. */
    private static final String LOOKING =
            """
            path "kv/*" { capabilities = ["read", "list"] }
            path "database/*" { capabilities = ["read", "list"] }
            path "auth/kubernetes/*" { capabilities = ["read"] }
            path "sys/auth" { capabilities = ["read"] }
            path "sys/mounts" { capabilities = ["read"] }
            path "sys/policies/acl/*" { capabilities = ["read"] }
            """;

    @TempDir
    Path folder;

    @Test
    void aSecondRunChangesNothingAndTheJobRunsWithIt() {
        Postgres.Database database = Postgres.version(16).createDatabase();
        try (VaultSetup room = new VaultSetup(folder)) {
            Program.Result first = VaultSetup.succeeds(room.setup(UnixShell.DEBIAN, "bao", database), database);
            assertThat(first.text())
                    .contains("kv/: KV version 2 enabled", "policy agent-executor: written", "auth/kubernetes: enabled")
                    .doesNotContain("unchanged", "database");
            Map<String, JsonNode> made = state(room);

            // With rights to look only, whatever it wanted to write would be an error.
            room.bao().api().policy("looking", LOOKING);
            String looking = room.bao().api().createToken(Map.of("policies", List.of("looking")));
            for (UnixShell shell : UnixShell.values()) {
                Program.Result again =
                        VaultSetup.succeeds(room.setup(shell, "vault", database).env("VAULT_TOKEN", looking), database);
                assertThat(again.text().lines()).hasSize(6).allMatch(line -> line.endsWith(": unchanged"));
            }
            assertThat(state(room)).isEqualTo(made);
            room.bao().api().write("auth/token/revoke", Map.of("token", looking));

            App.Result migrated =
                    room.job(room.bao().address()).secret(database.password()).run();
            assertThat(migrated.exitCode()).as(migrated.text()).isZero();
            assertThat(migrated.text()).doesNotContain("WARNING");
            assertThat(room.bao().api().tokens()).as("the root's token alone").isEqualTo(1);
            assertOnlyItsOwnAccountAndAudienceMayLogIn(room);
        }
    }

    @Test
    void thePolicyAllowsWhatTheJobAsksForAndNothingElse() {
        Postgres.Database database = Postgres.version(16).createDatabase();
        try (VaultSetup room = new VaultSetup(folder);
                VaultProxy proxy = VaultProxy.to(room.bao().address())) {
            Program setup = room.setup(UnixShell.BUSYBOX, "bao", database).env(VaultSetup.dynamic(database));
            VaultSetup.succeeds(setup, database);
            assertThat(VaultSetup.succeeds(setup, database).text().lines())
                    .hasSize(9)
                    .allMatch(line -> line.endsWith(": unchanged"));

            App.Result migrated = room.job(proxy.address())
                    .env(VaultSetup.dynamic(database))
                    .env("SCHEMAJOB_DEADLINE", "2h")
                    .secret(database.password())
                    .run();
            assertThat(migrated.exitCode()).as(migrated.text()).isZero();
            assertThat(migrated.text()).doesNotContain("WARNING");
            assertThat(room.bao().api().leases(VaultSetup.CREDENTIALS)).isZero();

            assertThat(asked(proxy)).isEqualTo(granted());
            assertProbesAreDenied(room);
        }
    }

    /** In a KV engine of either version, also where it is not that of the job's own secret. */
    @Test
    void theJobOfAFleetListsAndReadsTheSecretsOfItsPathAlone() {
        Postgres.Database database = Postgres.version(16).createDatabase();
        try (VaultSetup room = new VaultSetup(folder)) {
            OpenBaoApi api = room.bao().api();
            api.mountKv("old/engine", 1);
            api.mountKv("kv", 2);
            Map<String, String> connection = Map.of(
                    "host", database.server().host(),
                    "port", String.valueOf(database.server().port()),
                    "database", database.name(),
                    "username", database.user(),
                    "password", database.password());
            api.putSecret("kv", "tenants/acme", connection);
            api.putSecret("kv", "others/mallory", connection);
            api.write("old/engine/tenants/acme", connection);
            for (String path : List.of("kv/tenants", "old/engine/tenants/")) {
                Program setup = room.setup(UnixShell.DEBIAN, "bao", database).env("SCHEMAJOB_TARGETS_VAULT", path);
                VaultSetup.succeeds(setup, database);
                assertThat(VaultSetup.succeeds(setup, database).text().lines())
                        .allMatch(line -> line.endsWith(": unchanged"));
                App.Result verified = room.job(room.bao().address(), "fleet", "migrate", "--targets-vault", path)
                        .secret(database.password())
                        .run();
                assertThat(verified.exitCode()).as(verified.text()).isZero();
                assertThat(verified.out()).contains("acme");
                App.Result denied = room.job(room.bao().address(), "fleet", "migrate", "--targets-vault", "kv/others")
                        .secret(database.password())
                        .run();
                assertThat(denied.exitCode()).as(denied.text()).isEqualTo(77);
            }
        }
    }

    @Test
    void takesWhatIsThereAndCorrectsWhatDiffers() {
        Postgres.Database database = Postgres.version(16).createDatabase();
        try (VaultSetup room = new VaultSetup(folder)) {
            OpenBaoApi api = room.bao().api();
            api.mountKv("secrets/team", 1);
            api.write("secrets/team/bindu", Map.of("host", "kept"));
            api.enableAuth("kubernetes", "k8s-prod");
            api.policy("bindu", "path \"*\" { capabilities = [\"sudo\"] }");
            Map<String, String> settings = Map.of(
                    "SCHEMAJOB_VAULT_SECRET", "secrets/team/bindu",
                    "SCHEMAJOB_VAULT_AUTH_MOUNT", "k8s-prod",
                    "SERVICE_ACCOUNT", "bindu-server",
                    "AUDIENCE", "openbao");
            Program setup = room.setup(UnixShell.DEBIAN, "bao", database, "bindu", "agents")
                    .env(settings);

            Program.Result result = VaultSetup.succeeds(setup, database);

            assertThat(result.text())
                    .contains(
                            "secrets/team/: unchanged",
                            "policy bindu: written",
                            "auth/k8s-prod: unchanged",
                            "secrets/team/bindu: unchanged");
            assertThat(api.read("secrets/team/bindu").path("data").path("host").asText())
                    .isEqualTo("kept");
            assertThat(api.read("sys/policies/acl/bindu").at("/data/policy").asText())
                    .contains("path \"secrets/team/bindu\"")
                    .doesNotContain("sudo");
            JsonNode role = api.read("auth/k8s-prod/role/bindu").path("data");
            assertThat(role.path("bound_service_account_names").toString()).isEqualTo("[\"bindu-server\"]");
            assertThat(role.path("bound_service_account_namespaces").toString()).isEqualTo("[\"agents\"]");
            assertThat(role.path("audience").asText()).isEqualTo("openbao");

            // Somebody has widened the role by hand.
            api.write("auth/k8s-prod/role/bindu", Map.of("bound_service_account_names", "*"));
            assertThat(VaultSetup.succeeds(setup, database).text())
                    .contains("auth/k8s-prod/role/bindu: written", "policy bindu: unchanged");
            assertThat(api.read("auth/k8s-prod/role/bindu")
                            .at("/data/bound_service_account_names")
                            .toString())
                    .isEqualTo("[\"bindu-server\"]");
        }
    }

    @Test
    void refusesWhatCannotBeMeant() {
        for (Map<String, String> settings : List.of(
                Map.of("SCHEMAJOB_VAULT_SECRET", "nomount"),
                Map.of("SCHEMAJOB_VAULT_SECRET", "kv/a|b"),
                Map.of("SERVICE_ACCOUNT", "a,b"),
                Map.of("SCHEMAJOB_VAULT_DATABASE_ROLE", "database/agent"),
                Map.of("SCHEMAJOB_VAULT_DATABASE_ROLE", "database/creds/agent"))) {
            Program.Result result = UnixShell.DEBIAN
                    .script(folder, VaultSetup.SCRIPT, "--print")
                    .env(settings)
                    .run();
            assertThat(result.exitCode()).as(result.text()).isEqualTo(78);
            assertThat(result.text()).contains("ERROR: ");
        }
        Program.Result nothing =
                UnixShell.DEBIAN.script(folder, VaultSetup.SCRIPT).run();
        assertThat(nothing.exitCode()).isEqualTo(78);
        assertThat(nothing.text()).contains("neither bao nor vault");
    }

    private static void assertOnlyItsOwnAccountAndAudienceMayLogIn(VaultSetup room) {
        assertThat(room.login()).isNotEmpty();
        for (String jwt : List.of(room.token("default"), room.token(VaultSetup.ROLE, "https://elsewhere"))) {
            Map<String, String> login = Map.of("role", VaultSetup.ROLE, "jwt", jwt);
            assertThatThrownBy(() -> room.bao().api().write("auth/kubernetes/login", login))
                    .hasMessageContaining("403");
        }
    }

    /** Method and path of all that the job asked for with its token, as policies call them. */
    private static Map<String, String> asked(VaultProxy proxy) {
        Map<String, String> asked = new TreeMap<>();
        for (VaultProxy.Request request : proxy.requests()) {
            String path = request.path().substring("/v1/".length());
            // A login needs no policy; what is mounted where, the server tells whoever may use it.
            if (!path.equals("auth/kubernetes/login") && !path.startsWith("sys/internal/ui/mounts/")) {
                asked.put(path, request.method().equals("GET") ? "read" : "update");
            }
        }
        return asked;
    }

    private static Map<String, String> granted() {
        String policy = UnixShell.DEBIAN
                .script(Path.of("/usr/bin"), VaultSetup.SCRIPT, "--print")
                .env("SCHEMAJOB_VAULT_DATABASE_ROLE", VaultSetup.CREDENTIALS)
                .env("SCHEMAJOB_OWNER_ROLE", "owner")
                .run()
                .text();
        return GRANT.matcher(policy)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2), (a, b) -> a, TreeMap::new));
    }

    private static void assertProbesAreDenied(VaultSetup room) {
        OpenBaoApi api = room.bao().api();
        api.putSecret("kv", "bizmatters/somebody/postgres", Map.of("password", "theirs"));
        String token = room.login();
        List<String> paths = List.of(
                "kv/data/bizmatters/agent-executor",
                "kv/data/bizmatters/agent-executor/other",
                "kv/data/bizmatters/agent-executor/postgres/below",
                "kv/data/bizmatters/somebody/postgres",
                "kv/metadata",
                "kv/metadata/bizmatters/agent-executor/postgres",
                "kv/delete/bizmatters/agent-executor/postgres",
                "kv/destroy/bizmatters/agent-executor/postgres",
                "kv/config",
                "database/creds/other",
                "database/roles/agent-executor",
                "database/config/agent-executor",
                "database/rotate-root/agent-executor",
                "auth/token/create",
                "auth/token/lookup",
                "auth/token/renew",
                "auth/token/revoke",
                "auth/token/accessors",
                "auth/kubernetes/config",
                "auth/kubernetes/role/agent-executor",
                "cubbyhole/mine",
                "identity/entity/id",
                "identity/oidc/token/any",
                "sys/auth",
                "sys/capabilities-self",
                "sys/internal/ui/resultant-acl",
                "sys/leases/lookup",
                "sys/leases/lookup/database/creds/agent-executor",
                "sys/leases/revoke-force/database/creds/agent-executor",
                "sys/leases/revoke-prefix/database/creds/agent-executor",
                "sys/mounts",
                "sys/policies/acl/agent-executor",
                "sys/policy",
                "sys/raw/core",
                "sys/seal",
                "sys/step-down",
                "sys/tools/random",
                "sys/wrapping/wrap");
        JsonNode capabilities = api.write("sys/capabilities", Map.of("token", token, "paths", paths))
                .path("data");
        for (String path : paths) {
            assertThat(capabilities.path(path).toString()).as(path).isEqualTo("[\"deny\"]");
        }
        Map<String, Object> mine =
                Map.of("token", token, "paths", List.of("kv/data/bizmatters/agent-executor/postgres"));
        assertThat(api.write("sys/capabilities", mine).at("/data/capabilities").toString())
                .isEqualTo("[\"read\"]");
        assertLeasesOfOthersAreSafe(room, token);
    }

    /** The same requests that end its own lease are refused for that of somebody else. */
    private static void assertLeasesOfOthersAreSafe(VaultSetup room, String token) {
        OpenBaoApi root = room.bao().api();
        JsonNode role = root.read("database/roles/agent-executor").path("data");
        Map<String, Object> other = new HashMap<>();
        other.put("db_name", role.path("db_name").asText());
        other.put("creation_statements", role.path("creation_statements").get(0).asText());
        root.write("database/config/agent-executor", Map.of("allowed_roles", "*"));
        root.write("database/roles/other", other);
        String theirs = root.read("database/creds/other").path("lease_id").asText();
        OpenBaoApi job = root.as(token);
        for (String path : List.of("sys/leases/revoke", "sys/leases/renew")) {
            assertThatThrownBy(() -> job.write(path, Map.of("lease_id", theirs)))
                    .hasMessageContaining("403");
        }
        String own = job.read(VaultSetup.CREDENTIALS).path("lease_id").asText();
        job.write("sys/leases/renew", Map.of("lease_id", own));
        job.write("sys/leases/revoke", Map.of("lease_id", own, "sync", true));
        assertThat(root.leases("database/creds/other")).isEqualTo(1);
        root.write("sys/leases/revoke", Map.of("lease_id", theirs, "sync", true));
    }

    /** All that the script can write. */
    private static Map<String, JsonNode> state(VaultSetup room) {
        Map<String, JsonNode> state = new TreeMap<>();
        for (String path : List.of(
                "sys/mounts",
                "sys/auth",
                "sys/policies/acl/agent-executor",
                "auth/kubernetes/config",
                "auth/kubernetes/role/agent-executor",
                "kv/metadata/bizmatters/agent-executor/postgres")) {
            state.put(path, room.bao().api().read(path).path("data"));
        }
        return state;
    }
}
