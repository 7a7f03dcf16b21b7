package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands lint and plan as their users see them. */
class LintPlanIT {
    @TempDir
    Path bundle;

    @BeforeEach
    void writeBundle() throws IOException {
        write("001_shop.up.sql", "CREATE TABLE orders (id bigint PRIMARY KEY, placed timestamptz);");
        write("001_shop.down.sql", "DROP TABLE orders;");
        write("002_placed.up.sql", "-- title: Find orders by time\nCREATE INDEX orders_placed ON orders (placed);");
        write("002_placed.down.sql", "DROP INDEX CONCURRENTLY orders_placed;");
        write(
                "003_note.up.sql",
                "CREATE TABLE notes (id bigint);\n-- lint:allow drop-column nobody reads it\nALTER TABLE orders DROP id;");
        write("004_more.up.sql", "ALTER TABLE notes ADD COLUMN text text;");
        write("004_more.down.sql", "ALTER TABLE notes DROP COLUMN text;");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(bundle.resolve(name), text + "\n");
    }

    @Test
    void lintNeedsNoDatabase() throws IOException {
        App.Result result =
                App.command("lint", "--bundle", bundle.toString(), "--verbose").run();
        assertThat(result.exitCode()).as(result.text()).isEqualTo(85);
        assertThat(result.out())
                .isEqualTo(
                        """
                        002_placed.up.sql:2: error index-not-concurrent: CREATE INDEX on orders: building an index blocks every write to its table until it is done.
                            docs/lint.md#index-not-concurrent
                        003_note.up.sql:1: warning missing-down: 003_note.up.sql: without a down script the migration cannot be rolled back.
                            docs/lint.md#missing-down
                        003_note.up.sql:3: silenced drop-column: nobody reads it
                        7 script(s): 1 error(s), 1 warning(s), 0 info(s), 1 silenced
                        """);
        assertThat(result.err()).contains("ERROR 85 FINDINGS: Lint has 1 finding(s) at or above the level error.");

        write("bundle.yaml", "lint: {allow: {index-not-concurrent: the table is small}}");
        assertThat(App.command("lint", "--bundle", bundle.toString()).run().exitCode())
                .isZero();
        App.Result warnings = App.command(
                        "lint", "--bundle", bundle.toString(), "--level", "warning", "--output", "json")
                .run();
        assertThat(warnings.exitCode()).isEqualTo(85);
        JsonNode details = new ObjectMapper().readTree(warnings.out()).path("details");
        assertThat(details.path("counts").toString())
                .isEqualTo("{\"error\":0,\"warning\":1,\"info\":0,\"silenced\":2}");
        assertThat(details.at("/lint/0").toString())
                .startsWith(
                        "{\"severity\":\"warning\",\"rule\":\"missing-down\",\"file\":\"003_note.up.sql\",\"line\":1,");
        assertThat(details.at("/silenced/0/reason").textValue()).isEqualTo("the table is small");
        assertThat(App.command("lint", "--bundle", bundle.toString(), "--level", "high")
                        .run()
                        .exitCode())
                .isEqualTo(64);
    }

    @Test
    void planTellsWhatTheNextRunMeets() throws Exception {
        Postgres.Database database = Postgres.version(16).createDatabase();
        assertThat(App.command("migrate", "+1", "--bundle", bundle.toString())
                        .database(database)
                        .run()
                        .exitCode())
                .isZero();
        database.execute("INSERT INTO orders SELECT i, now() FROM generate_series(1, 3000) i; ANALYZE orders");
        try (Connection shop = database.connect();
                Statement statement = shop.createStatement()) {
            shop.setAutoCommit(false);
            statement.execute("SET application_name = 'shop'; UPDATE orders SET placed = now() WHERE id = 7");
            String size = Rows.of(database, "SELECT pg_size_pretty(pg_total_relation_size('orders'))")
                    .get(0)
                    .get(0);
            App.Result result = plan(database).run();
            assertThat(result.exitCode()).as(result.text()).isZero();
            assertThat(result.out())
                    .startsWith("Current version: 001; 3 pending\n")
                    .contains("\n002  Find orders by time  (002_placed.up.sql)\n")
                    .containsPattern("orders +SHARE +writes +3000 +" + size + "\n")
                    .containsPattern("orders +ACCESS EXCLUSIVE +reads and writes +3000 +" + size + "\n")
                    .containsPattern("notes +ACCESS EXCLUSIVE +reads and writes +not there yet")
                    .containsPattern("orders is in use by pid \\d+, application shop, user " + database.user()
                            + ", idle in transaction for \\d+ s: .*UPDATE orders")
                    .contains("002_placed.up.sql:2: error index-not-concurrent")
                    .doesNotContain("drop-column");
        }
        List<List<String>> before = state(database);
        App.Result json = plan(database, "--exit-code", "--output", "json").run();
        assertThat(json.exitCode()).isEqualTo(85);
        JsonNode table = new ObjectMapper().readTree(json.out()).at("/details/migrations/0/tables/0");
        assertThat(table.path("table").textValue()).isEqualTo("orders");
        assertThat(table.path("lock").textValue()).isEqualTo("SHARE");
        assertThat(table.path("rows").longValue()).isEqualTo(3000);
        assertThat(table.path("bytes").longValue()).isGreaterThan(100_000);
        assertThat(table.path("users")).isEmpty();
        assertThat(state(database)).isEqualTo(before);
    }

    /** Partitions are what a partitioned table is made of; a reader is in the way of one lock and not of another. */
    @Test
    void planCountsPartitionsAndTellsReadersFromWriters() throws Exception {
        Postgres.Database database = Postgres.version(18).createDatabase();
        write(
                "001_shop.up.sql",
                "CREATE TABLE orders (id bigint, placed timestamptz) PARTITION BY LIST (id);\n"
                        + "CREATE TABLE orders_1 PARTITION OF orders FOR VALUES IN (1);");
        assertThat(App.command("migrate", "+1", "--bundle", bundle.toString())
                        .database(database)
                        .run()
                        .exitCode())
                .isZero();
        database.execute("INSERT INTO orders SELECT 1, now() FROM generate_series(1, 3000)");
        try (Connection shop = database.connect();
                Statement statement = shop.createStatement()) {
            shop.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM orders");
            JsonNode steps = new ObjectMapper()
                    .readTree(plan(database, "--output", "json").run().out())
                    .at("/details/migrations");
            assertThat(steps.at("/0/tables/0/bytes").longValue()).isGreaterThan(100_000);
            assertThat(steps.at("/0/tables/0/rows").isNull()).isTrue();
            assertThat(steps.at("/0/tables/0/users")).isEmpty();
            assertThat(steps.at("/1/tables/0/users/0/state").textValue()).isEqualTo("idle in transaction");
        }
    }

    private App plan(Postgres.Database database, String... more) {
        List<String> arguments = new ArrayList<>(List.of("plan", "--bundle", bundle.toString()));
        arguments.addAll(List.of(more));
        return App.command(arguments.toArray(String[]::new)).database(database);
    }

    private static List<List<String>> state(Postgres.Database database) throws Exception {
        return Rows.of(
                database,
                "SELECT pg_snapshot_xmax(pg_current_snapshot())::text, count(*)::text FROM flyway_schema_history");
    }
}
