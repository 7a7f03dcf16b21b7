package io.schemajob.vault.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.vault.VaultRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultSettingsTest {
    private final Map<String, String> values =
            new HashMap<>(Map.of("VAULT_ADDR", "https://vault.example:8200/", "SCHEMAJOB_VAULT_ROLE", "migrator"));

    @Test
    void defaultsAreThoseOfAPod() {
        VaultSettings settings = settings();

        assertThat(settings.auth()).isEqualTo(AuthMethod.KUBERNETES);
        assertThat(settings.authMount()).isEqualTo("kubernetes");
        assertThat(settings.tokenFile()).isEqualTo(Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token"));
        assertThat(settings.address()).hasToString("https://vault.example:8200");
        assertThat(settings.namespace()).isNull();
        assertThat(settings.caCert()).isNull();
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @CsvSource({"jwt, jwt", "JWT, jwt", "' kubernetes ', kubernetes"})
    void methodIsMountedUnderItsOwnName(String auth, String mount) {
        values.put("SCHEMAJOB_VAULT_AUTH", auth);

        assertThat(settings().authMount()).isEqualTo(mount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clusters/eu-1", "auth/clusters/eu-1", "/auth/clusters/eu-1/"})
    void mountMayBeWrittenWithAndWithoutAuth(String mount) {
        values.put("SCHEMAJOB_VAULT_AUTH_MOUNT", mount);

        assertThat(settings().authMount()).isEqualTo("clusters/eu-1");
    }

    @Test
    void blankCountsAsNotSet() {
        values.put("VAULT_NAMESPACE", "  ");
        values.put("VAULT_CACERT", "");

        assertThat(settings().namespace()).isNull();
        assertThat(settings().caCert()).isNull();
    }

    /** Copied from the browser, or from the URL of a request; the right value is there to be copied. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v1/", "/ui", "/ui/vault/secrets", "/v1/kv/data/x", "//v1//"})
    void pathOfTheApiOrThePagesIsNamed(String path) {
        values.put("VAULT_ADDR", " https://vault.example:8200" + path + "\n");
        assertThat(failure()).contains("VAULT_ADDR", "VAULT_ADDR=https://vault.example:8200");

        values.put("VAULT_ADDR", "https://proxy.example/vault" + path);
        assertThat(failure()).contains("VAULT_ADDR=https://proxy.example/vault");
    }

    @ParameterizedTest
    @ValueSource(strings = {"VAULT_ADDR", "SCHEMAJOB_VAULT_ROLE", "SCHEMAJOB_VAULT_SECRET", "VAULT_NAMESPACE"})
    void characterThatNobodySeesIsNamed(String name) {
        for (String hidden : List.of("\u00a0", "\u200b", "\ufeff", "\t", "\u202e")) {
            values.put(name, "https://vault" + hidden + "x");
            assertThat(failure()).contains(name);
        }
        values.put(name, "https://vault\u00a0");
        assertThat(failure()).contains(name + " has a no-break space (\\u00a0)");
        values.put(name, "https://va\nult");
        assertThat(failure()).contains(name + " has a line break");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vault.example:8200",
                "ftp://vault.example",
                "https://",
                "https:///path",
                "https://me:secret@vault.example",
                "https://vault.example?x=1",
                "https://va ult.example",
                "unix:///run/vault.sock"
            })
    void malformedAddressIsRefusedWithoutRepeatingItsPassword(String address) {
        values.put("VAULT_ADDR", address);

        assertThat(failure()).contains("VAULT_ADDR").doesNotContain("secret", "me:");
    }

    @Test
    void whatIsMissingIsNamed() {
        values.remove("SCHEMAJOB_VAULT_ROLE");
        assertThat(failure()).contains("SCHEMAJOB_VAULT_ROLE is not set");

        values.put("SCHEMAJOB_VAULT_AUTH", "approle");
        assertThat(failure()).contains("SCHEMAJOB_VAULT_ROLE_ID is not set");

        values.put("SCHEMAJOB_VAULT_AUTH", "token");
        assertThat(failure()).contains("VAULT_TOKEN is not set");

        values.remove("VAULT_ADDR");
        assertThat(failure()).contains("VAULT_ADDR is not set");
    }

    @Test
    void unknownMethodIsNamedWithThoseThatThereAre() {
        values.put("SCHEMAJOB_VAULT_AUTH", "ldap");

        assertThat(failure()).contains("SCHEMAJOB_VAULT_AUTH is 'ldap'", "kubernetes, approle, jwt or token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "creds/app", "database/roles/app", "database/creds/", "database/creds/a/b"})
    void malformedDatabaseRoleIsNamed(String role) {
        values.put("SCHEMAJOB_VAULT_DATABASE_ROLE", role);

        assertThat(failure()).contains("SCHEMAJOB_VAULT_DATABASE_ROLE is '" + role + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"database/creds/app", "/team/db/creds/app", "database/static-creds/app"})
    void databaseRoleMayBeAtAnyMount(String role) {
        values.put("SCHEMAJOB_VAULT_DATABASE_ROLE", role);

        assertThat(settings().databaseRole()).endsWith("creds/app").doesNotStartWith("/");
    }

    @Test
    void tokenThatWouldBreakAHeaderIsRefusedWithoutRepeatingIt() {
        values.put("SCHEMAJOB_VAULT_AUTH", "token");
        values.put("VAULT_TOKEN", "s.first\ns.second");

        assertThat(failure()).contains("VAULT_TOKEN").doesNotContain("s.first", "s.second");
    }

    @Test
    void tokenIsNotPrinted() {
        values.put("SCHEMAJOB_VAULT_AUTH", "token");
        values.put("VAULT_TOKEN", "s.canary");

        assertThat(settings().token()).isEqualTo("s.canary");
        assertThat(settings()).asString().contains("vault.example").doesNotContain("s.canary");
    }

    private VaultSettings settings() {
        return VaultSettings.of(values, Duration.ofSeconds(60));
    }

    private String failure() {
        SchemajobException error = catchThrowableOfType(SchemajobException.class, this::settings);
        assertThat(error).isNotNull();
        assertThat(error.status()).isEqualTo(ExitStatus.CONFIG);
        return error.failure().message() + " " + error.failure().hint() + VaultRun.trace(error);
    }
}
