package io.schemajob.job;

import io.schemajob.database.connect.ConnectionSettings;
import io.schemajob.database.libpq.ConnectionReader;
import io.schemajob.database.libpq.RunSchema;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.vault.VaultSession;
import io.schemajob.vault.settings.Secret;
import io.schemajob.vault.settings.VaultSettings;
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
        Credentials found = settings.variable(VaultSettings.ADDRESS) != null ? fromVault(run) : fromEnvironment(run);
        found.connection().secrets().forEach(run.redactor()::protect);
        return found;
    }

    /** Whether anything says where to connect to. */
    static boolean given(RunContext run) {
        return run.settings().variable(VaultSettings.ADDRESS) != null
                || URL_VARIABLES.stream().anyMatch(variable -> run.settings().variable(variable) != null)
                || reader(run).hasVariables();
    }

    /** Refuses, before PostgreSQL is contacted, a connection that asks for a server which a run cannot change. */
    void requireWritableTarget() {
        String target = connection.target().text();
        if (connection.prefersReadOnly()) {
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "target_session_attrs=%s asks for a server that cannot be written to, and this command writes (%s)."
                                    .formatted(target, connection.source()))
                    .databaseState("Not contacted.")
                    .hint(
                            "Leave out target_session_attrs (PGTARGETSESSIONATTRS) for this command, or set it to read-write.")
                    .asException();
        }
    }

    private static Credentials fromEnvironment(RunContext run) {
        ConnectionReader reader = reader(run);
        for (String variable : URL_VARIABLES) {
            String text = run.settings().variable(variable);
            if (text != null) {
                return new Credentials(reader.fromText(variable, text), null);
            }
        }
        if (reader.hasVariables()) {
            return new Credentials(reader.fromVariables(), null);
        }
        throw Failure.of(ExitStatus.CONFIG, "Nothing says which database to connect to.")
                .databaseState("Not contacted.")
                .hint("Set VAULT_ADDR with SCHEMAJOB_VAULT_SECRET, or DATABASE_URL, or PGHOST and the other PG*"
                        + " variables; docs/configuration.md explains each.")
                .asException();
    }

    private static ConnectionReader reader(RunContext run) {
        Settings settings = run.settings();
        RunSchema schema = new RunSchema(settings.text(Setting.SCHEMA), settings.isGiven(Setting.SCHEMA));
        return new ConnectionReader(settings.environment(), schema, settings.database(), run.log()::warn);
    }

    private static Credentials fromVault(RunContext run) {
        run.settings().required(Setting.VAULT_SECRET);
        VaultSession common = run.shared().login(run);
        if (common != null) {
            try {
                return fromVault(run, common);
            } catch (SchemajobException e) {
                if (e.status() != ExitStatus.ACCESS_DENIED) {
                    throw e;
                }
                // The secret is denied, or the token of the common login has ended: a login of one's own tells.
            }
        }
        return fromVault(run, logIn(run));
    }

    /** A login to Vault as the settings say. */
    static VaultSession logIn(RunContext run) {
        return VaultSession.open(vaultSettings(run.settings()), run.cancellation(), run.log(), run.redactor());
    }

    private static Credentials fromVault(RunContext run, VaultSession vault) {
        try {
            return new Credentials(read(run, vault), vault);
        } catch (RuntimeException e) {
            vault.close();
            throw e;
        }
    }

    /** Reads the same source again, as a password may have been rotated. */
    ConnectionSettings again(RunContext run) {
        ConnectionSettings found = vault == null ? fromEnvironment(run).connection() : read(run, vault);
        found.secrets().forEach(run.redactor()::protect);
        return found;
    }

    private static ConnectionSettings read(RunContext run, VaultSession vault) {
        Secret secret = vault.postgresCredentials();
        Map<String, String> own = new HashMap<>();
        own.put("host", secret.require("host"));
        own.put("user", secret.require("username"));
        own.put("password", secret.require("password"));
        if (run.settings().database() == null) {
            own.put("dbname", secret.require("database"));
        }
        return reader(run).fromSecret(own, secret.values());
    }

    /** How to log in to Vault, and what to read there. */
    static VaultSettings vaultSettings(Settings settings) {
        Map<String, String> values = new HashMap<>();
        for (String name : List.of(
                VaultSettings.ADDRESS,
                VaultSettings.NAMESPACE,
                VaultSettings.CA_CERT,
                VaultSettings.TOKEN,
                VaultSettings.HOME)) {
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

    /** Ends the login, but not dynamic credentials: another container uses them now. */
    void detach(Settings settings) {
        if (vault != null && settings.text(Setting.VAULT_DATABASE_ROLE) != null) {
            vault.detach();
        }
        close();
    }

    /** Revokes lease and token. */
    @Override
    public void close() {
        if (vault != null) {
            vault.close();
        }
    }
}
