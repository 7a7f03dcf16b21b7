package io.schemajob.job;

import io.schemajob.database.ConnectionSettings;
import io.schemajob.database.LibpqEnvironment;
import io.schemajob.database.LibpqSettings;
import io.schemajob.database.LibpqUrl;
import io.schemajob.report.ExitStatus;
import io.schemajob.report.Failure;
import io.schemajob.vault.DatabaseCredentials;
import io.schemajob.vault.VaultSession;
import io.schemajob.vault.VaultSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The connection of a run and, if it came from Vault, the login that keeps it alive until closed.
 *
 * @param connection where to log in as whom
 * @param vault null unless Vault is the source
 */
record Credentials(ConnectionSettings connection, VaultSession vault) implements AutoCloseable {
    private static final List<String> URL_VARIABLES = List.of("DATABASE_URL", "STORAGE__POSTGRES_URL");

    /** First match wins: Vault, a URL, libpq's variables. */
    static Credentials resolve(RunContext run) {
        Settings settings = run.settings();
        Credentials found =
                settings.variable(VaultSettings.ADDRESS) != null ? fromVault(run) : fromEnvironment(settings);
        run.redactor().protect(found.connection().password());
        return found;
    }

    private static Credentials fromEnvironment(Settings settings) {
        for (String variable : URL_VARIABLES) {
            String url = settings.variable(variable);
            if (url != null) {
                return new Credentials(LibpqUrl.parse(variable, url), null);
            }
        }
        if (LibpqEnvironment.present(settings.environment())) {
            return new Credentials(LibpqEnvironment.read(settings.environment()), null);
        }
        throw Failure.of(ExitStatus.CONFIG, "Nothing says which database to connect to.")
                .databaseState("Not contacted.")
                .hint("Set VAULT_ADDR with SCHEMAJOB_VAULT_SECRET, or DATABASE_URL, or PGHOST and the other PG*"
                        + " variables; docs/configuration.md explains each.")
                .asException();
    }

    private static Credentials fromVault(RunContext run) {
        Settings settings = run.settings();
        VaultSettings vaultSettings = vaultSettings(settings);
        String path = settings.required(Setting.VAULT_SECRET);
        VaultSession vault = VaultSession.open(vaultSettings, run.interruption(), run.log(), run.redactor());
        try {
            Map<String, String> secret = vault.readSecret(path);
            Map<String, String> parameters = new HashMap<>();
            parameters.put("host", vault.require(secret, "host"));
            parameters.put("port", secret.get("port"));
            parameters.put("dbname", vault.require(secret, "database"));
            parameters.put("sslmode", secret.get("sslmode"));
            parameters.put("sslrootcert", secret.get("sslrootcert"));
            String role = settings.text(Setting.VAULT_DATABASE_ROLE);
            if (role == null) {
                parameters.put("user", vault.require(secret, "username"));
                parameters.put("password", vault.require(secret, "password"));
            } else {
                DatabaseCredentials dynamic = vault.databaseCredentials(role);
                parameters.put("user", dynamic.username());
                parameters.put("password", dynamic.password());
            }
            Credentials found = new Credentials(new LibpqSettings("Vault", parameters).toConnectionSettings(), vault);
            run.log().step("PostgreSQL credentials fetched successfully");
            return found;
        } catch (RuntimeException e) {
            vault.close();
            throw e;
        }
    }

    private static VaultSettings vaultSettings(Settings settings) {
        Map<String, String> values = new HashMap<>();
        for (String name :
                List.of(VaultSettings.ADDRESS, VaultSettings.NAMESPACE, VaultSettings.CA_CERT, VaultSettings.TOKEN)) {
            put(values, name, settings.variable(name));
        }
        for (Setting setting : Setting.values()) {
            if (setting.name().startsWith("VAULT_")) {
                put(values, setting.variable(), settings.text(setting));
            }
        }
        Duration timeout = settings.duration(Setting.CONNECT_TIMEOUT);
        return VaultSettings.of(values, timeout);
    }

    private static void put(Map<String, String> values, String name, String value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    /** Revokes lease and token. */
    @Override
    public void close() {
        if (vault != null) {
            vault.close();
        }
    }
}
