package io.schemajob.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.Postgres;
import io.schemajob.vault.settings.VaultSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A real OpenBao that makes users in a real PostgreSQL, with roles of different lives.
 *
 * @param bao the server
 * @param vault what the agent executor has in it
 * @param database where the users are made
 */
record LeaseFixture(OpenBao bao, AgentExecutorVault vault, Postgres.Database database) implements AutoCloseable {
    /** The policy that lets a token revoke leases, which the default one does not. */
    static final String REVOKER = "revoker";

    private static final String MOUNT = "team/database";

    static LeaseFixture start() {
        OpenBao bao = OpenBao.start();
        Postgres.Database database = Postgres.version(Postgres.NEWEST).createDatabase();
        LeaseFixture world = new LeaseFixture(bao, AgentExecutorVault.in(bao), database);
        world.vault.store(database);
        bao.api().mountDatabase(MOUNT, database);
        bao.api().databaseRole(MOUNT, "long", database, "1m", "1h");
        bao.api().databaseRole(MOUNT, "quick", database, "3s", "1h");
        bao.api().databaseRole(MOUNT, "brief", database, "2s", "4s");
        bao.api().policy("database", "path \"team/database/creds/*\" { capabilities = [\"read\"] }");
        bao.api().policy(REVOKER, "path \"sys/leases/revoke\" { capabilities = [\"update\"] }");
        world.role(AgentExecutorVault.NAME, "1h", "2h", AgentExecutorVault.NAME, "database");
        world.role("with-revoker", "1h", "2h", AgentExecutorVault.NAME, "database", REVOKER);
        world.role("quick-token", "3s", "1h", AgentExecutorVault.NAME, "database");
        world.role("brief-token", "1m", "90s", AgentExecutorVault.NAME, "database");
        world.role("without-database", "1h", "2h", AgentExecutorVault.NAME);
        return world;
    }

    /** Of a job that gets its users from the role {@code long}. */
    Map<String, String> environment() {
        Map<String, String> environment = vault.environment();
        environment.put(VaultSettings.DATABASE_ROLE, MOUNT + "/creds/long");
        return environment;
    }

    /** Lets the job use a token that was made for it. */
    String handed(Map<String, String> environment, Map<String, ?> options) {
        String token = bao.api().createToken(options);
        environment.put(VaultSettings.AUTH, "token");
        environment.put(VaultSettings.TOKEN, token);
        return token;
    }

    boolean logsIn(String user, String password) {
        try (Connection connection = database.server().connect(database.name(), user, password)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    boolean exists(String user) throws SQLException {
        try (Connection connection = database.superuser();
                PreparedStatement statement = connection.prepareStatement("select 1 from pg_roles where rolname = ?")) {
            statement.setString(1, user);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        vault.close();
        bao.close();
    }

    private void role(String name, String ttl, String maxTtl, String... policies) {
        vault.loginRole(
                name, Map.of("token_policies", String.join(",", policies), "token_ttl", ttl, "token_max_ttl", maxTtl));
    }
}
