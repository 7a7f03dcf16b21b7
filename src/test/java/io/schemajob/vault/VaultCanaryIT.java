package io.schemajob.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.VaultProxy;
import io.schemajob.vault.lease.DatabaseCredentials;
import io.schemajob.vault.settings.VaultSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/** A whole session, renewals and all, and everything that any library logs at any level meanwhile. */
class VaultCanaryIT {
    @Test
    void noSecretIsLoggedNorInAUrlNorInAThreadName() {
        Capture capture = new Capture();
        VaultRun run = new VaultRun();
        try (OpenBao bao = OpenBao.start();
                AgentExecutorVault vault = AgentExecutorVault.in(bao);
                VaultProxy proxy = VaultProxy.to(bao.address());
                capture) {
            Map<String, String> environment = prepare(bao, vault);
            environment.put(VaultSettings.ADDRESS, proxy.address().toString());
            List<String> secrets = VaultRun.secrets(environment);
            Logger.getLogger("io.quarkus.vault.client.probe").finest("probe of the capture");
            try (VaultSession session = run.open(environment)) {
                secrets.add(session.readSecret(AgentExecutorVault.SECRET).require("password"));
                DatabaseCredentials user = session.databaseCredentials("database/creds/quick");
                secrets.add(user.password());
                secrets.add(user.leaseId());
                session.requireLasting(Duration.ofMinutes(1));
                LeaseFixture.await(() -> proxy.count("sys/leases/renew") > 2);
                Thread.getAllStackTraces().keySet().forEach(thread -> capture.lines.add(thread.getName()));
                capture.lines.add(session.toString());
            }
            proxy.requests().forEach(request -> {
                capture.lines.add(request.method() + " " + request.path());
                secrets.add(request.headers().getOrDefault("x-vault-token", VaultRun.CANARY));
            });

            assertThat(proxy.count("sys/leases/renew")).as("renewals").isGreaterThan(2);
            assertThat(secrets).as("JWT, passwords, lease and token").hasSizeGreaterThan(5);
            assertThat(capture.lines)
                    .as("the capture works")
                    .anyMatch(line -> line.contains("schemajob-vault-renewal"));
            assertThat(String.join("\n", capture.lines) + run.log().lines()).doesNotContain(secrets);
        }
    }

    private static Map<String, String> prepare(OpenBao bao, AgentExecutorVault vault) {
        Postgres.Database database = Postgres.version(Postgres.NEWEST).createDatabase();
        vault.store(database.server().host(), database.server().port(), database.name(), "someone", VaultRun.CANARY);
        bao.api().mountDatabase("database", database);
        bao.api().databaseRole("database", "quick", database, "3s", "1h");
        bao.api().policy("database", "path \"database/creds/*\" { capabilities = [\"read\"] }");
        vault.loginRole("both", Map.of("token_policies", AgentExecutorVault.NAME + ",database", "token_ttl", "3s"));
        Map<String, String> environment = vault.environment();
        environment.put(VaultSettings.ROLE, "both");
        return environment;
    }

    /** Turns on and keeps what goes through {@code java.util.logging}, as the client and the JDK do. */
    private static final class Capture extends Handler implements AutoCloseable {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final Logger root = Logger.getLogger("");
        private final Level before = root.getLevel();

        Capture() {
            setLevel(Level.ALL);
            setFormatter(new SimpleFormatter());
            root.setLevel(Level.ALL);
            root.addHandler(this);
        }

        @Override
        public void publish(LogRecord record) {
            lines.add(getFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            root.removeHandler(this);
            root.setLevel(before);
        }
    }
}
