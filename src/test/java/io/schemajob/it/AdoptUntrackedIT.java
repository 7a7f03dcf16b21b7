package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.CatalogText;
import io.schemajob.testing.LangGraph;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Databases whose scripts went in through psql, without any history, and those that LangGraph has set up. */
class AdoptUntrackedIT {
    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder = Shop.golangMigrate();
    private final Cli cli = Cli.of(folder, database);

    @Test
    void findsTheNewestVersionThatTheTablesEqual() {
        assertThat(cli.succeeds("adopt").out()).contains("There is nothing to adopt");

        database.execute(Shop.ITEMS);
        database.execute("CREATE TABLE of_the_users_own (n int)");
        assertThat(cli.fails(ExitStatus.HISTORY_INVALID, "migrate").err())
                .contains("Tables of bundle shop exist (items)", "schemajob adopt");
        assertThat(cli.succeeds("adopt", "--dry-run").out()).contains("migration 001 would be recorded");

        database.execute(Shop.ORDERS);
        App.Result adopted = cli.succeeds("adopt", "--keep-foreign-history");
        assertThat(adopted.out())
                .contains("migration 002 is recorded as applied")
                .contains("There is no history of golang-migrate or Alembic here");
        assertThat(cli.applied()).containsExactly("001", "002");
        cli.succeeds("migrate");
        assertThat(cli.applied()).containsExactly("001", "002", "003");
    }

    @Test
    void recordsNothingBetweenTwoVersions() {
        database.execute(Shop.ITEMS);
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)");
        List<String> before = CatalogText.of(database);
        App.Result drift = cli.fails(ExitStatus.VERIFICATION_FAILED, "adopt");
        assertThat(drift.out()).contains("orders.item");
        assertThat(drift.err()).contains("the comparison was with version 002");
        assertThat(CatalogText.of(database)).isEqualTo(before);
    }

    @Test
    void saysWhenTheTablesCannotTellVersionsApart() {
        folder.with("migrations/004_rows.up.sql", "INSERT INTO items VALUES (1, 'one');")
                .with("schema/003.yaml", folder.read("schema.yaml"));
        database.execute(Shop.ITEMS + Shop.ORDERS);
        database.execute(Shop.INDEX);
        assertThat(cli.succeeds("adopt").out())
                .contains("migration 004 is recorded as applied")
                .contains("Version 003 declares the same");
    }

    /** In the same schema, and not even to be read. */
    @Test
    void leavesTheHistoryOfAnotherApplicationAlone() throws SQLException {
        try (Connection other = database.superuser();
                Statement statement = other.createStatement()) {
            statement.execute("CREATE TABLE alembic_version (version_num varchar(32))");
            statement.execute("INSERT INTO alembic_version VALUES ('beefbeefbeef')");
            assertThat(cli.succeeds("migrate", "001").out()).doesNotContain("alembic_version");
            assertThat(cli.fails(ExitStatus.ACCESS_DENIED, "adopt").err()).contains("alembic_version");
            statement.execute("GRANT SELECT ON alembic_version TO " + database.user());
        }
        App.Result result = cli.succeeds("adopt", "--keep-foreign-history");
        assertThat(result.out())
                .contains("the history is at 001 already")
                .contains("There is no history of golang-migrate or Alembic here that could be mirrored");
    }

    @Test
    void takesOverLangGraph() {
        LangGraph.setUp(database);
        Cli agent = new Cli("agent-executor", database);
        App.Result adopted = agent.succeeds("adopt");
        assertThat(adopted.out()).contains("==> LangGraph has set up this schema", "migration 001 is recorded");
        assertThat(agent.succeeds("migrate").out()).contains("already applied", "All 4 checkpoint tables verified");
    }

    @Test
    void takesOverLangGraphOnlyIfItIsWhole() {
        LangGraph.setUp(database);
        database.execute("DROP INDEX checkpoint_blobs_thread_id_idx");
        Cli agent = new Cli("agent-executor", database);
        assertThat(agent.fails(ExitStatus.VERIFICATION_FAILED, "adopt").out())
                .contains("checkpoint_blobs_thread_id_idx");
        database.execute("DELETE FROM checkpoint_migrations WHERE v > 6");
        assertThat(agent.fails(ExitStatus.HISTORY_INVALID, "adopt").err())
                .contains("LangGraph", "at version 6", "PostgresSaver.setup()");
    }
}
