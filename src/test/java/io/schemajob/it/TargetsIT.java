package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.CatalogText;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far {@code migrate} goes, and what it does when it only pretends to go. */
class TargetsIT {
    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder = ScriptFolder.create()
            .with("001_first.up.sql", "-- title: The first table\nCREATE TABLE first (id int PRIMARY KEY);")
            .with("002_second.up.sql", "CREATE TABLE second (id int PRIMARY KEY);")
            .with("003_third.up.sql", "CREATE TABLE third (id int PRIMARY KEY);")
            .with("004_fourth.up.sql", "CREATE TABLE fourth (id int PRIMARY KEY);");
    private final Cli cli = Cli.of(folder, database);

    @Test
    void goesStepsToAVersionOrToTheNewest() {
        App.Result first = cli.succeeds("up", "+1");
        assertThat(first.out())
                .contains("==> Applying migration 001: The first table...\nCREATE TABLE\n")
                .contains("==> Migration 001 applied successfully")
                .doesNotContain("002");
        assertThat(cli.applied()).containsExactly("001");

        cli.succeeds("upgrade", "2");
        assertThat(cli.applied()).containsExactly("001", "002");
        assertThat(cli.succeeds("migrate", "002").out()).contains("==> Migration 002 already applied. Skipping.");

        App.Result downwards = cli.fails(ExitStatus.USAGE, "migrate", "001");
        assertThat(downwards.err()).contains("migrate leads upwards", "schemajob rollback 001 --yes");
        assertThat(cli.fails(ExitStatus.USAGE, "migrate", "17").err()).contains("has no migration 17");

        App.Result last = cli.succeeds("migrate");
        assertThat(last.out()).contains("migration 003", "migration 004");
        assertThat(Cli.json(last.termination()).path("fromVersion").asText()).isEqualTo("002");
        assertThat(Cli.json(last.termination()).path("toVersion").asText()).isEqualTo("004");
        assertThat(Cli.json(last.termination()).path("applied").asInt()).isEqualTo(2);
        assertThat(cli.applied()).containsExactly("001", "002", "003", "004");
    }

    /** By a user who may create in the schema and nothing else, as applications have it. */
    @Test
    void dryRunPrintsTheSqlAndChangesNothing() {
        Postgres server = database.server();
        String user = database.name() + "_app";
        server.createRole(user, "app-password");
        database.execute("GRANT CREATE, USAGE ON SCHEMA public TO " + user);
        folder.with("005_fifth.up.sql", "CREATE INDEX CONCURRENTLY fourth_idx ON fourth (id);");
        Cli app = Cli.of(folder, new Postgres.Database(server, database.name(), user, "app-password"));
        List<String> before = CatalogText.of(database);

        App.Result result =
                app.succeeded(app.app("--dry-run", "--schema", "public").run());

        assertThat(result.out())
                .contains("CREATE TABLE first (id int PRIMARY KEY);")
                .contains("CREATE TABLE fourth (id int PRIMARY KEY);")
                .contains("CREATE INDEX CONCURRENTLY fourth_idx ON fourth (id);")
                .contains("WARNING: Migration 005 cannot run in a transaction: printed, not executed")
                .contains("==> Dry run finished; everything was rolled back");
        assertThat(CatalogText.of(database)).isEqualTo(before);
        assertThat(Cli.json(result.termination()).path("applied").asInt(-1)).isZero();
    }

    @Test
    void dryRunNamesTheScriptThatWouldFail() {
        cli.succeeds("migrate", "+1");
        folder.with("003_third.up.sql", "CREATE TABLE third (id int PRIMARY KEY);\n\nCREATE TABLE first (id int);\n");
        List<String> before = CatalogText.of(database);
        List<String> history = cli.history();

        App.Result result = cli.fails(ExitStatus.MIGRATION_FAILED, "migrate", "--dry-run");

        assertThat(result.err())
                .contains("003_third.up.sql line 3 (statement 2 of 2): ERROR: relation \"first\" already exists")
                .contains("SQLSTATE: 42P07")
                .contains("The dry run was rolled back; nothing was changed.");
        assertThat(CatalogText.of(database)).isEqualTo(before);
        assertThat(cli.history()).isEqualTo(history);
    }

    @Test
    void dryRunLeavesAFailedEntryInTheHistory() {
        folder.with("002_second.up.sql", "CREATE INDEX CONCURRENTLY first_idx ON first (id);");
        cli.succeeds("migrate", "+2");
        database.execute("UPDATE flyway_schema_history SET success = false WHERE version = '002'");
        List<String> history = cli.history();

        App.Result result = cli.succeeds("migrate", "--dry-run");

        assertThat(result.out()).contains("CREATE INDEX CONCURRENTLY first_idx", "CREATE TABLE fourth");
        assertThat(cli.history()).isEqualTo(history);
    }

    @Test
    void verificationCanBeLeftOut() {
        folder.with(
                "schema.yaml",
                """
                tables:
                  first:
                    columns:
                      id: bigint
                """);
        App.Result drift = cli.fails(ExitStatus.VERIFICATION_FAILED, "migrate", "--dry-run");
        assertThat(drift.text()).contains("first", "bigint", "integer");
        assertThat(CatalogText.withoutHistory(database)).noneMatch(line -> line.startsWith("relation"));

        App.Result unverified = cli.succeeds("migrate", "--no-verify");
        assertThat(Cli.json(unverified.termination()).path("verified").isNull()).isTrue();
        App.Result verified = cli.fails(ExitStatus.VERIFICATION_FAILED, "migrate");
        assertThat(Cli.json(verified.termination()).path("verified").asBoolean(true))
                .isFalse();
        assertThat(Cli.json(verified.termination()).path("drift").asInt()).isPositive();
        assertThat(cli.applied()).hasSize(4);
    }
}
