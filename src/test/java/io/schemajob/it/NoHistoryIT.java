package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.CatalogText;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bundles that declare nothing, in databases that are not empty: nothing runs twice on a guess. */
class NoHistoryIT {
    private static final String ITEMS = "CREATE TABLE IF NOT EXISTS items (id int);\nINSERT INTO items VALUES (1);\n";
    private static final String ORDERS = "CREATE TABLE IF NOT EXISTS orders (id int);\n";
    private static final Pattern COMMAND =
            Pattern.compile("schemajob ((?:[a-z]+|--[a-z-]+)(?: (?:[a-z]+|--[a-z-]+))*)");

    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder =
            ScriptFolder.create().with("001_items.up.sql", ITEMS).with("002_orders.up.sql", ORDERS);
    private final Cli cli = Cli.of(folder, database);

    @Test
    void tablesThatTheScriptsMakeAreNotMadeAgain() {
        database.execute(ITEMS);
        List<String> before = CatalogText.of(database);
        for (String command : List.of("migrate", "adopt", "plan")) {
            App.Result refused = cli.fails(ExitStatus.HISTORY_INVALID, command);
            assertThat(refused.err())
                    .contains("(items), but nothing records who created them")
                    .contains("schemajob snapshot", "schemajob adopt", "schemajob baseline VERSION");
        }
        assertThat(cli.fails(ExitStatus.HISTORY_INVALID, "migrate", "--dry-run").err())
                .contains("(items)");
        assertThat(CatalogText.of(database)).isEqualTo(before);

        cli.succeeds("baseline", "001");
        assertThat(cli.succeeds("migrate").out())
                .contains("Nothing is declared")
                .doesNotContain("verified");
        assertThat(cli.rows("SELECT count(*) FROM items")).containsExactly("1");
        assertThat(cli.applied()).containsExactly("001", "002");
    }

    /** The other way on, as the message says it. */
    @Test
    void snapshotAndAdoptTakeTheTablesOver() {
        database.execute(ITEMS + ORDERS);
        cli.fails(ExitStatus.HISTORY_INVALID, "migrate");
        App.command("snapshot", "--bundle", cli.bundle(), "--file", cli.bundle() + "/schema.yaml")
                .database(database)
                .run();
        assertThat(cli.succeeds("adopt").out()).contains("migration 002 is recorded as applied");
        App.Result migrated = cli.succeeds("migrate");
        assertThat(migrated.out()).contains("already applied", "All 2 tables verified successfully");
        assertThat(Cli.json(migrated.termination()).path("verified").asBoolean())
                .isTrue();
    }

    @Test
    void anOlderVersionThanTheDeclaredOneIsNamed() {
        folder.with(
                "schema.yaml",
                "tables:\n  items: {columns: {id: {type: integer}}}\n  orders: {columns: {id: {type: integer}}}\n");
        database.execute("CREATE TABLE items (id int)");
        App.Result refused = cli.fails(ExitStatus.VERIFICATION_FAILED, "adopt");
        assertThat(refused.err())
                .contains("version 001, for which the bundle declares nothing", "schemajob baseline 001")
                .contains("schema/001.yaml");
        cli.succeeds("baseline", "001");
        assertThat(cli.succeeds("migrate").out()).contains("All 2 tables verified successfully");
    }

    @Test
    void tablesOfOthersStandInNobodysWay() {
        database.execute("CREATE TABLE guests (id int); CREATE VIEW names AS SELECT 1 AS n;"
                + "CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('beef')");
        assertThat(cli.succeeds("adopt", "--from", "untracked").out()).contains("There is nothing to adopt");
        App.Result migrated = cli.succeeds("migrate");
        assertThat(Cli.json(migrated.termination()).path("verified").isNull()).isTrue();
        cli.succeeds("migrate");
        assertThat(cli.rows("SELECT count(*) FROM items")).containsExactly("1");
    }

    @Test
    void baselineBaseSaysThatNothingHasRun() {
        database.execute("CREATE TABLE items (id int)");
        cli.fails(ExitStatus.HISTORY_INVALID, "migrate");
        assertThat(cli.succeeds("baseline", "base").out()).contains("The history begins at base");
        cli.succeeds("baseline", "base");
        cli.succeeds("migrate");
        assertThat(cli.applied()).containsExactly("001", "002");
        assertThat(cli.fails(ExitStatus.USAGE, "baseline", "base").err()).contains("cannot lead below it");
    }

    /** A run that failed in its first script leaves an empty history; one that went back to the beginning, too. */
    @Test
    void aHistoryThatIsEmptyAgainIsNoObstacle() {
        folder.with("001_items.up.sql", ITEMS + "SELECT 1/0;\n").with("001_items.down.sql", "DROP TABLE items;\n");
        folder.with("002_orders.down.sql", "DROP TABLE orders;\n");
        cli.fails(ExitStatus.MIGRATION_FAILED, "migrate");
        folder.with("001_items.up.sql", ITEMS);
        cli.succeeds("migrate");
        cli.succeeds("rollback", "base", "--yes");
        cli.succeeds("migrate");
        database.execute("TRUNCATE flyway_schema_history");
        assertThat(cli.fails(ExitStatus.HISTORY_INVALID, "migrate").err()).contains("(items, orders)");
    }

    @Test
    void repeatableScriptsAloneRunAgain() {
        ScriptFolder views =
                ScriptFolder.create().with("R__names.sql", "CREATE OR REPLACE VIEW names AS SELECT 1 AS n;\n");
        Cli repeatable = Cli.of(views, database);
        repeatable.succeeds("migrate");
        views.with("R__names.sql", "CREATE OR REPLACE VIEW names AS SELECT 2 AS n;\n");
        repeatable.succeeds("migrate");
        assertThat(repeatable.rows("SELECT n FROM names")).containsExactly("2");
    }

    /** What scripts put together at run time cannot be told from what is there; an extension's tables can. */
    @Test
    void scriptsThatDoNotSayWhatTheyMakeWantAnEmptySchema() throws SQLException {
        ScriptFolder dynamic = ScriptFolder.create()
                .with("001_a.up.sql", "DO $$ BEGIN EXECUTE 'CREATE TABLE IF NOT EXISTS a (n int)'; END $$;\n");
        Cli unsure = Cli.of(dynamic, database);
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("CREATE EXTENSION pg_stat_statements SCHEMA public");
        }
        unsure.succeeds("migrate", "--dry-run");
        database.execute("CREATE TABLE guests (id int)");
        assertThat(unsure.fails(ExitStatus.HISTORY_INVALID, "migrate").err())
                .contains("The schema is not empty (guests)")
                .contains("schemajob baseline base");
        unsure.succeeds("baseline", "base");
        unsure.succeeds("migrate");
    }

    /** Whatever is there: the commands that the messages name lead to an end, and not back to where one came from. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "CREATE TABLE items (id int)",
                "CREATE TABLE guests (id int)",
                "CREATE TABLE items (id int); CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('beef')",
                "CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('beef')",
                "CREATE TABLE items (id int); CREATE TABLE databasechangelog (n int)",
                "CREATE TABLE items (id int); CREATE TABLE goose_db_version (id int, version_id bigint, is_applied boolean); INSERT INTO goose_db_version VALUES (1, 0, true), (2, 1, true)",
                "CREATE TABLE goose_db_version (id int, version_id bigint, is_applied boolean); INSERT INTO goose_db_version VALUES (1, 0, true), (2, 2, true)",
                "CREATE TABLE items (id int); CREATE TABLE schema_migrations (version text PRIMARY KEY); INSERT INTO schema_migrations VALUES ('001')",
                "CREATE TABLE orders (id int); CREATE TABLE schema_migrations (version text PRIMARY KEY); INSERT INTO schema_migrations VALUES ('001')",
            })
    void theNextCommandLeadsOn(String sql) {
        database.execute(sql);
        List<String> way = new ArrayList<>();
        String command = "migrate";
        while (command != null) {
            assertThat(way).as("a circle").doesNotContain(command);
            way.add(command);
            App.Result result = cli.app(command.split(" ")).run();
            if (result.exitCode() == 0 && command.equals("migrate")) {
                return;
            }
            command = result.exitCode() == 0 ? again(way) : next(result.err());
        }
    }

    /** After a command that helped, one tries once more what one wanted. */
    private static String again(List<String> way) {
        way.remove("migrate");
        return "migrate";
    }

    /** The first command of the hint; null where it asks for something that only a person knows. */
    private static String next(String err) {
        String hint = err.substring(err.indexOf("next:"));
        assertThat(hint).contains("schemajob ");
        Matcher command = COMMAND.matcher(hint);
        assertThat(command.find()).isTrue();
        String words = command.group(1);
        if (words.startsWith("adopt")) {
            return "adopt";
        }
        assertThat(words).startsWithIgnoringCase(words.contains("snapshot") ? "snapshot" : "baseline");
        return null;
    }
}
