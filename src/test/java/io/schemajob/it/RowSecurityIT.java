package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Rows;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.SqliteFile;
import io.schemajob.testing.TemporaryFolders;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table that hides its rows from the role that owns it, as on a managed service: the job is refused, never blind. */
class RowSecurityIT {
    private static final String HIDDEN = "query would be affected by row-level security policy for table \"orders\"";

    private Postgres.Database database;
    private ScriptFolder folder;
    private Cli cli;

    @BeforeEach
    void migrate() throws SQLException {
        database = Postgres.version(16).createDatabase();
        assertThat(Rows.of(database, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"))
                .isEqualTo(List.of(List.of("f")));
        folder = ScriptFolder.create()
                .with(
                        "migrations/001_orders.up.sql",
                        """
                        CREATE TABLE orders (id bigint PRIMARY KEY, tenant text NOT NULL, placed date);
                        INSERT INTO orders VALUES (1, 'a', '2020-01-01'), (2, 'b', '2020-01-01');
                        ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
                        ALTER TABLE orders FORCE ROW LEVEL SECURITY;
                        CREATE POLICY tenants ON orders USING (tenant = current_setting('app.tenant', true));
                        """)
                .with("maintenance.sql", "-- task: old\nDELETE FROM orders WHERE placed < '2021-01-01';\n")
                .with(
                        "import.yaml",
                        "tables: {orders: {columns: {id: id, tenant: tenant}}}\nlayout: |\n"
                                + "  CREATE TABLE orders (id INTEGER, tenant TEXT);\n");
        cli = Cli.of(folder, database);
        cli.succeeds("migrate");
    }

    @Test
    void whatTheJobReadsOrWritesItselfIsRefused() {
        folder.with("verify/old.sql", "SELECT id FROM orders WHERE tenant = 'a'");
        refused(cli.app("verify").run(), "verify/old.sql:1: the check would not see every row");
        folder.with("verify/old.sql", "SET LOCAL row_security = on;\nSELECT id FROM orders");
        cli.succeeds("verify");
        folder.with(
                "schema.yaml",
                """
                tables:
                  orders:
                    columns:
                      id: {type: bigint, nullable: false}
                      tenant: {type: text, nullable: false}
                      placed: {type: date}
                    primary_key: {name: orders_pkey, columns: [id]}
                    rows: [{id: 1, tenant: a}]
                """);
        refused(cli.app("verify").run(), "The catalog could not be read");
        refused(cli.app("usage").run(), "The tables could not be counted");
        refused(cli.app("maintain").run(), "The maintenance task old failed");
        SqliteFile file =
                SqliteFile.of("CREATE TABLE orders (id INTEGER, tenant TEXT); INSERT INTO orders VALUES (7, 'a')");
        folder.with("schema.yaml", "tables: {}\n").with("verify/old.sql", "SELECT 1 WHERE false");
        refused(file.importInto(database, folder.path().toString()).run(), "The import was broken off");
        String back = TemporaryFolders.create("back").resolve("back.db").toString();
        refused(cli.app("export", "sqlite", back).run(), "");
        administrator("ALTER ROLE " + database.user() + " BYPASSRLS");
        cli.succeeds("verify");
        assertThat(cli.prints("usage")).contains("orders").contains("2");
        assertThat(cli.succeeds("maintain").out()).contains("2 row(s)");
        Cli.succeeded(file.importInto(database, folder.path().toString()).run());
    }

    @Test
    void ofATableOfAnotherRoleToo() {
        administrator("ALTER TABLE orders NO FORCE ROW LEVEL SECURITY; ALTER TABLE orders OWNER TO postgres;"
                + " GRANT ALL ON orders TO " + database.user());
        refused(cli.app("usage").run(), "The tables could not be counted");
    }

    @Test
    void aHistoryThatHidesRowsIsNoEmptyHistory() {
        administrator("ALTER TABLE flyway_schema_history ENABLE ROW LEVEL SECURITY;"
                + " ALTER TABLE flyway_schema_history FORCE ROW LEVEL SECURITY");
        App.Result result =
                Cli.failed(ExitStatus.ACCESS_DENIED, cli.app("migrate").run());
        assertThat(result.err()).contains("row-level security policy for table \"flyway_schema_history\"");
    }

    @Test
    void aScriptIsFilteredAsByPsqlAndTheRunWarns() {
        folder.with(
                        "migrations/002_fill.up.sql",
                        "UPDATE orders SET placed = now();\nUPDATE orders SET placed = NULL;\n"
                                + "WITH x AS (UPDATE orders SET placed = NULL RETURNING *) SELECT count(*) FROM x;")
                .with(
                        "migrations/003_copy.up.sql",
                        "CREATE TABLE old AS SELECT * FROM orders WITH DATA;\nDELETE FROM old;");
        App.Result plan = cli.app("plan").run();
        assertThat(plan.out())
                .contains("002_fill.up.sql:1: warning hidden-rows: UPDATE with rows of orders")
                .contains("003_copy.up.sql:1: warning hidden-rows: CREATE with rows of orders");
        for (String[] line : new String[][] {{"migrate", "--dry-run"}, {"migrate"}}) {
            App.Result result = cli.app(line).run();
            assertThat(result.exitCode()).as(result.text()).isZero();
            assertThat(result.text())
                    .contains("UPDATE 0")
                    .contains("002_fill.up.sql line 1 touched no row, and row security hides rows from this role")
                    .contains("002_fill.up.sql line 2 touched no row")
                    .contains("002_fill.up.sql line 3 touched no row, or not all, and row security hides rows")
                    .contains("003_copy.up.sql line 1 touched no row")
                    .contains(HIDDEN)
                    .doesNotContain("003_copy.up.sql line 2");
        }
        folder.with("migrations/004_more.up.sql", "SET row_security = off; UPDATE orders SET placed = now();");
        assertThat(cli.fails(ExitStatus.MIGRATION_FAILED, "migrate").err()).contains(HIDDEN);
    }

    /** A role that no policy concerns is told nothing, whatever the scripts say. */
    @Test
    void planAsksTheDatabase() {
        folder.with("migrations/002_fill.up.sql", "UPDATE orders SET placed = now();");
        assertThat(App.of("lint", "--bundle", folder.path().toString()).run().out())
                .contains("hidden-rows");
        administrator("ALTER ROLE " + database.user() + " BYPASSRLS");
        assertThat(cli.prints("plan")).doesNotContain("hidden-rows");
        administrator("ALTER ROLE " + database.user() + " NOBYPASSRLS");
        administrator("ALTER TABLE orders DISABLE ROW LEVEL SECURITY");
        assertThat(cli.prints("plan")).doesNotContain("hidden-rows");
    }

    private void administrator(String sql) {
        try (var connection = database.superuser();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static void refused(App.Result result, String words) {
        Cli.failed(ExitStatus.ACCESS_DENIED, result);
        assertThat(result.err())
                .contains(words)
                .contains(HIDDEN)
                .contains("42501")
                .contains("ALTER ROLE … BYPASSRLS");
    }
}
