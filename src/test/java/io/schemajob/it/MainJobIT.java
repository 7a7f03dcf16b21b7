package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.App;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Rows;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The main job as the deployment guide of the agent executor describes it, with our image in the place of its two containers. */
class MainJobIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The structure check of the guide. */
    private static final String STRUCTURE =
            """
            SELECT t.table_name,
                   (SELECT count(*) FROM information_schema.columns c WHERE c.table_name = t.table_name),
                   (SELECT count(*) FROM pg_indexes i WHERE i.tablename = t.table_name)
            FROM (VALUES ('checkpoints'), ('checkpoint_blobs'), ('checkpoint_writes'), ('checkpoint_migrations'))
                 AS t (table_name)
            """;

    @AutoClose
    private static OpenBao bao;

    @AutoClose
    private static AgentExecutorVault vault;

    @AutoClose
    private static Postgres server;

    @BeforeAll
    static void start() {
        bao = OpenBao.start();
        vault = AgentExecutorVault.in(bao);
        // Nothing but the job may begin a transaction that changes anything.
        server = Postgres.dedicated(16).start();
    }

    @Test
    void followsTheGuideOnAFreshDatabase() throws Exception {
        Postgres.Database database = server.createDatabase();
        App.Result result = run(database);
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.out().lines())
                .containsSubsequence(
                        "==> Authenticating to Vault using Kubernetes auth...",
                        "==> Successfully authenticated to Vault",
                        "==> Fetching PostgreSQL credentials from Vault...",
                        "==> PostgreSQL credentials fetched successfully",
                        "==> Loading PostgreSQL credentials from Vault...",
                        "==> Verifying database connection...",
                        "    Host: 127.0.0.1",
                        "    Port: " + server.port(),
                        "    Database: " + database.name(),
                        "    User: " + database.user(),
                        "==> Database connection successful",
                        "==> Checking if migration has already been applied...",
                        "==> Applying migration 001: Create LangGraph checkpoint tables...",
                        "CREATE TABLE",
                        "CREATE TABLE",
                        "CREATE TABLE",
                        "CREATE TABLE",
                        "CREATE INDEX",
                        "CREATE INDEX",
                        "CREATE INDEX",
                        "INSERT 0 1",
                        "==> Migration 001 applied successfully",
                        "==> Verifying checkpoint tables...",
                        "==> All 4 checkpoint tables verified successfully");
        assertThat(Rows.of(database, STRUCTURE))
                .containsExactlyInAnyOrder(
                        List.of("checkpoints", "7", "2"),
                        List.of("checkpoint_blobs", "6", "2"),
                        List.of("checkpoint_writes", "9", "2"),
                        List.of("checkpoint_migrations", "1", "1"));
        assertThat(Rows.of(database, "SELECT v FROM checkpoint_migrations")).containsExactly(List.of("9"));
        assertTerminationMessage(result.termination());
    }

    private static void assertTerminationMessage(String message) throws Exception {
        assertThat(message.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4096);
        JsonNode node = JSON.readTree(message);
        assertThat(message.lines()).hasSize(1);
        assertThat(node.fieldNames())
                .toIterable()
                .containsExactly(
                        "status",
                        "exitCode",
                        "exitName",
                        "bundle",
                        "fromVersion",
                        "toVersion",
                        "applied",
                        "verified",
                        "drift",
                        "durationMs",
                        "error",
                        "hint");
        assertThat(node.path("status").asText()).isEqualTo("success");
        assertThat(node.path("exitCode").asInt(-1)).isZero();
        assertThat(node.path("exitName").asText()).isEqualTo("OK");
        assertThat(node.path("bundle").asText()).isEqualTo("agent-executor");
        assertThat(node.path("fromVersion").isNull()).isTrue();
        assertThat(node.path("toVersion").asText()).isEqualTo("001");
        assertThat(node.path("applied").asInt()).isEqualTo(1);
        assertThat(node.path("verified").asBoolean()).isTrue();
        assertThat(node.path("drift").asInt(-1)).isZero();
    }

    @Test
    void changesNothingWhenRunAgainTwentyTimes() throws Exception {
        Postgres.Database database = server.createDatabase();
        assertThat(run(database).exitCode()).isZero();
        List<List<String>> before = everything(database);
        for (int i = 0; i < 20; i++) {
            App.Result result = App.command("migrate", "--bundle", "agent-executor")
                    .env(vault.environment())
                    .secret(database.password())
                    .run();
            assertThat(result.exitCode()).as(result.text()).isZero();
            assertThat(result.out())
                    .contains("==> Migration 001 (version 9) already applied. Skipping.")
                    .contains("==> All 4 checkpoint tables verified successfully");
        }
        assertThat(everything(database)).isEqualTo(before);
    }

    /** Next transaction ID (no run may have been given one), row versions of every table, and the system catalog's rows. */
    private static List<List<String>> everything(Postgres.Database database) throws SQLException {
        return Rows.of(
                database,
                """
                SELECT 'next transaction', pg_snapshot_xmax(pg_current_snapshot())::text,
                       coalesce(pg_current_xact_id_if_assigned()::text, 'none assigned')
                UNION ALL
                SELECT 'history', h.xmin::text, h::text FROM flyway_schema_history h
                UNION ALL
                SELECT 'row', m.xmin::text, m::text FROM checkpoint_migrations m
                UNION ALL
                SELECT c.relname, c.xmin::text, c.oid::text || ' ' || c.relfilenode FROM pg_class c
                UNION ALL
                SELECT a.attname, a.xmin::text, a.attrelid::text FROM pg_attribute a
                ORDER BY 1, 2, 3
                """);
    }

    private static App.Result run(Postgres.Database database) {
        vault.store(database);
        return App.of("migrate", "--bundle", "agent-executor")
                .env(vault.environment())
                .secret(database.password())
                .run();
    }
}
