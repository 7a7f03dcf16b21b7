package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.CatalogText;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Down scripts: what they leave, what they refuse, and what is left when one fails. */
class RollbackIT {
    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder = ScriptFolder.create()
            .with(
                    "001_orders.up.sql",
                    """
                    CREATE TYPE state AS ENUM ('open', 'paid');
                    CREATE TABLE orders (
                        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                        state state NOT NULL DEFAULT 'open',
                        changed timestamptz NOT NULL DEFAULT now()
                    );
                    COMMENT ON TABLE orders IS 'what was ordered';
                    """)
            .with("001_orders.down.sql", "DROP TABLE orders;\nDROP TYPE state;\n")
            .with(
                    "002_touch.up.sql",
                    """
                    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                        NEW.changed := now();
                        RETURN NEW;
                    END $$;
                    CREATE TRIGGER touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
                    """)
            .with("002_touch.down.sql", "DROP TRIGGER touch ON orders;\nDROP FUNCTION touch();\n")
            .with("003_state_idx.up.sql", "CREATE INDEX CONCURRENTLY orders_state_idx ON orders (state);")
            .with("003_state_idx.down.sql", "DROP INDEX CONCURRENTLY orders_state_idx;");
    private final Cli cli = Cli.of(folder, database);

    @Test
    void upDownUpGivesTheSameCatalogAndBaseLeavesNothing() {
        cli.succeeds("migrate");
        List<String> complete = CatalogText.of(database);
        List<String> history = cli.history();

        App.Result refused = cli.fails(ExitStatus.USAGE, "rollback", "base");
        assertThat(refused.err()).contains("was not confirmed", "schemajob rollback base --yes");
        assertThat(CatalogText.of(database)).isEqualTo(complete);
        assertThat(cli.history()).isEqualTo(history);

        App.Result one = cli.succeeds("down", "-1", "--yes");
        assertThat(one.out())
                .contains("==> Rolling back migration 003: state idx...\nDROP INDEX\n")
                .contains("==> Migration 003 rolled back successfully")
                .contains("==> The schema is at 002")
                .doesNotContain("migration 002");
        assertThat(cli.applied()).containsExactly("001", "002");
        assertThat(CatalogText.of(database)).noneMatch(line -> line.contains("orders_state_idx"));

        cli.succeeds("migrate");
        assertThat(CatalogText.of(database)).isEqualTo(complete);

        App.Result middle = cli.succeeds("downgrade", "001", "--yes");
        assertThat(cli.applied()).containsExactly("001");
        assertThat(Cli.json(middle.termination()).path("fromVersion").asText()).isEqualTo("003");
        assertThat(Cli.json(middle.termination()).path("toVersion").asText()).isEqualTo("001");
        assertThat(Cli.json(middle.termination()).path("applied").asInt()).isEqualTo(2);

        App.Result base = cli.succeeds("rollback", "base", "--yes");
        assertThat(base.out()).contains("==> The schema is at base");
        assertThat(Cli.json(base.termination()).path("toVersion").isNull()).isTrue();
        assertThat(CatalogText.withoutHistory(database)).allMatch(line -> line.matches("(schema|extension) .*"));
        assertThat(cli.history()).isEmpty();
        assertThat(cli.succeeds("rollback", "base", "--yes").out())
                .contains("==> Nothing to roll back; the schema is at base");

        cli.succeeds("migrate");
        assertThat(CatalogText.of(database)).isEqualTo(complete);
        assertThat(cli.history()).isEqualTo(history);
    }

    @Test
    void refusesTargetsThatAreNotBelow() {
        cli.succeeds("migrate", "+2");
        assertThat(cli.fails(ExitStatus.USAGE, "rollback", "003", "--yes").err())
                .contains("rollback leads downwards", "schemajob migrate 003");
        assertThat(cli.fails(ExitStatus.USAGE, "rollback", "+1", "--yes").err()).contains("rollback leads downwards");
        assertThat(cli.applied()).hasSize(2);
    }

    @Test
    void aMissingDownScriptIsRefusedBeforeAnythingIsDone() throws Exception {
        Files.delete(folder.path().resolve("001_orders.down.sql"));
        folder.with("002_touch.down.sql", "  \n");
        cli.succeeds("migrate");
        List<String> complete = CatalogText.of(database);

        App.Result refused = cli.fails(ExitStatus.CONFIG, "rollback", "base", "--yes");

        assertThat(refused.err())
                .contains("There is no down script for migration 002, 001.")
                .contains("Nothing was changed.");
        assertThat(CatalogText.of(database)).isEqualTo(complete);
        assertThat(cli.applied()).hasSize(3);
        cli.succeeds("rollback", "-1", "--yes");
        assertThat(cli.applied()).hasSize(2);
    }

    @Test
    void aFailingDownScriptKeepsItsStepAndThoseBelow() {
        folder.with(
                "002_touch.down.sql", "DROP TRIGGER touch ON orders;\nDROP FUNCTION touch();\nDROP TABLE missing;\n");
        cli.succeeds("migrate");

        App.Result failed = cli.fails(ExitStatus.MIGRATION_FAILED, "rollback", "base", "--yes");

        assertThat(failed.out()).contains("==> Migration 003 rolled back successfully");
        assertThat(failed.err())
                .contains("The down script of migration 002 failed at 002_touch.down.sql line 3 (statement 3 of 3)")
                .contains("SQLSTATE: 42P01")
                .contains("The down script was rolled back whole; the schema is at 002.");
        assertThat(cli.applied()).containsExactly("001", "002");
        assertThat(Cli.json(failed.termination()).path("toVersion").asText()).isEqualTo("002");
        assertThat(CatalogText.of(database))
                .anyMatch(line -> line.startsWith("trigger CREATE TRIGGER touch"))
                .anyMatch(line -> line.startsWith("function touch()"));

        folder.with("002_touch.down.sql", "DROP TRIGGER touch ON orders;\nDROP FUNCTION touch();\n");
        cli.succeeds("rollback", "base", "--yes");
        assertThat(cli.applied()).isEmpty();
    }

    @Test
    void aFailingDownScriptWithoutTransactionKeepsItsRow() {
        folder.with("003_state_idx.down.sql", "DROP INDEX CONCURRENTLY orders_pkey;");
        cli.succeeds("migrate");

        App.Result failed = cli.fails(ExitStatus.MIGRATION_FAILED, "rollback", "-1", "--yes");

        assertThat(failed.err())
                .contains("003_state_idx.down.sql line 1", "SQLSTATE: 2BP01")
                .contains("nothing of it remains. The history says 003.");
        assertThat(cli.applied()).hasSize(3);
    }

    /** What a repeatable script made may be gone with the table below it, so it has to run again. */
    @Test
    void repeatableMigrationsRunAgainAfterARollback() {
        ScriptFolder flyway = ScriptFolder.create()
                .with("V1__orders.sql", "CREATE TABLE orders (id int);")
                .with("U1__orders.sql", "DROP TABLE orders CASCADE;")
                .with("V1_1__lines.sql", "CREATE TABLE lines (id int);")
                .with("U1_1__lines.sql", "DROP TABLE lines CASCADE;")
                .with("R__orders_view.sql", "CREATE OR REPLACE VIEW all_orders AS SELECT id FROM orders;");
        Cli other = Cli.of(flyway, database);
        other.succeeds("migrate");
        List<String> complete = CatalogText.of(database);

        other.succeeds("rollback", "base", "--yes");
        assertThat(CatalogText.withoutHistory(database)).noneMatch(line -> line.startsWith("relation"));
        assertThat(other.succeeds("info").out()).contains("3 pending");

        other.succeeds("migrate");
        assertThat(CatalogText.of(database)).isEqualTo(complete);
    }

    @Test
    void aRecordedVersionIsTakenBackLikeOneThatRan() {
        database.execute("CREATE TYPE state AS ENUM ('open', 'paid');"
                + "CREATE TABLE orders (id bigint, state state, changed timestamptz)");
        cli.succeeds("stamp", "001");
        cli.succeeds("migrate", "002");
        cli.succeeds("rollback", "base", "--yes");
        assertThat(cli.history()).isEmpty();
        assertThat(CatalogText.withoutHistory(database)).noneMatch(line -> line.startsWith("relation"));
    }

    /** Flyway itself records a baseline as one row that stands for all below it. */
    @Test
    void aBaselineOfFlywayMovesDownAndGoes() {
        cli.succeeds("migrate");
        database.execute("DELETE FROM flyway_schema_history WHERE version <> '003';"
                + "UPDATE flyway_schema_history SET version = '2', type = 'BASELINE', checksum = NULL");
        database.execute("DROP INDEX orders_state_idx");

        assertThat(cli.succeeds("migrate").out()).contains("migration 003").doesNotContain("migration 002");
        cli.succeeds("rollback", "001", "--yes");
        assertThat(cli.rows("SELECT version, type FROM flyway_schema_history")).containsExactly("001 BASELINE");
        cli.succeeds("rollback", "base", "--yes");
        assertThat(cli.history()).isEmpty();
    }
}
