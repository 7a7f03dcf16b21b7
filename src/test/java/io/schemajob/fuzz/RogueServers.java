package io.schemajob.fuzz;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.BundleLoader;
import io.schemajob.database.connect.ConnectionSettings;
import io.schemajob.database.connect.SessionSettings;
import io.schemajob.database.libpq.ConnectionReader;
import io.schemajob.database.libpq.RunSchema;
import io.schemajob.database.session.Sessions;
import io.schemajob.migration.history.HistoryTable;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.log.Log;
import io.schemajob.report.log.Redactor;
import io.schemajob.vault.http.ClientToken;
import io.schemajob.vault.http.RetryingVaultClient;
import io.schemajob.vault.http.VaultApi;
import io.schemajob.vault.kv.KvReader;
import io.schemajob.vault.lease.DatabaseIssuer;
import io.schemajob.vault.login.VaultLogin;
import io.schemajob.vault.settings.VaultSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs of the real clients against a {@link RogueServer}. */
final class RogueServers {
    /** Who answers nothing useful is not asked twice. */
    private static final Duration PATIENCE = Duration.ofMillis(1);

    private RogueServers() {}

    /** One listener serves all inputs. */
    private static final class Listener {
        static final RogueServer SERVER = new RogueServer();
    }

    /** As one login to Vault does, but that one client of HTTP serves all inputs. */
    private static final class Vault {
        static final VaultSettings SETTINGS = VaultSettings.of(
                Map.of(
                        VaultSettings.ADDRESS, "http://127.0.0.1:" + Listener.SERVER.port(),
                        VaultSettings.AUTH, "approle",
                        VaultSettings.ROLE_ID, "shop"),
                PATIENCE);

        static final Redactor REDACTOR = new Redactor();
        static final VaultApi API = new VaultApi(SETTINGS, REDACTOR);
    }

    /** Logs in, reads a secret and has a database user made. */
    static void vault(List<byte[]> answers) {
        Listener.SERVER.say(answers);
        CancellationToken cancellation = new CancellationToken();
        Redactor redactor = new Redactor();
        RetryingVaultClient client = new RetryingVaultClient(Vault.API, Vault.SETTINGS, cancellation, Log.silent());
        ClientToken token =
                new VaultLogin(Vault.SETTINGS, Vault.API, client, cancellation, Log.silent(), redactor).token();
        new KvReader(client, token, redactor).read("kv/shop/postgres");
        new DatabaseIssuer(client, token, redactor).issue("database/creds/shop", issued -> {});
    }

    /** Logs in, looks at the server and reads the history of a bundle. */
    static void postgres(byte[] answer) {
        Listener.SERVER.say(List.of(answer));
        ConnectionSettings connection = new ConnectionReader(
                        Map.of(
                                "HOME", "/no/home",
                                "PGHOST", "127.0.0.1",
                                "PGPORT", String.valueOf(Listener.SERVER.port()),
                                "PGDATABASE", "shop",
                                "PGUSER", "app",
                                "PGPASSWORD", "only-for-tests",
                                "PGSSLMODE", "disable"),
                        new RunSchema("public", false),
                        null,
                        warning -> {})
                .fromVariables();
        SessionSettings settings =
                new SessionSettings("schemajob/fuzz", "public", null, Duration.ZERO, Duration.ZERO, PATIENCE);
        try (Sessions sessions = new Sessions(connection, settings, new CancellationToken(), Log.silent());
                Connection session = sessions.openToLook()) {
            new HistoryTable("public").read(session, Bundles.SHOP);
        } catch (SQLException e) {
            // It was closed.
        }
    }

    private static final class Bundles {
        static final Bundle SHOP = BundleLoader.load("agent-executor");
    }
}
