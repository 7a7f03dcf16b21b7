package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.CatalogText;
import io.schemajob.testing.GolangMigrate;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Databases that the real golang-migrate has made are taken over, and it goes on telling the truth about them. */
class AdoptGolangMigrateIT {
    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder = Shop.golangMigrate();
    private final Cli cli = Cli.of(folder, database);
    private final GolangMigrate golang = GolangMigrate.on(folder.path().resolve("migrations"), database);

    @Test
    void takesOverAndGoesOnFromThere() {
        golang.run("goto", "2");

        App.Result refused = cli.fails(ExitStatus.HISTORY_INVALID, "migrate");
        assertThat(refused.err()).contains("schema_migrations", "schemajob adopt");

        List<String> before = CatalogText.of(database);
        App.Result dry = cli.succeeds("adopt", "--dry-run");
        assertThat(dry.out())
                .contains("==> All 2 tables verified successfully")
                .contains("==> Dry run: migration 001 would be recorded as applied")
                .contains("==> Dry run: migration 002 would be recorded as applied");
        assertThat(CatalogText.of(database)).isEqualTo(before);

        App.Result adopted = cli.succeeds("adopt");
        assertThat(adopted.out())
                .contains("==> golang-migrate has set up this schema")
                .contains("==> Adopted: migration 002 is recorded as applied, nothing was run")
                .doesNotContain("WARNING");
        assertThat(Cli.json(adopted.termination()).path("toVersion").asText()).isEqualTo("002");
        assertThat(cli.applied()).containsExactly("001", "002");
        assertThat(cli.succeeds("adopt").out()).contains("nothing to adopt: the history is at 002 already");

        cli.succeeds("migrate");
        assertThat(cli.applied()).containsExactly("001", "002", "003");
        assertThat(golang.run("version")).as("not kept, as nobody asked for it").isEqualTo("2");
    }

    @Test
    void aTeamGoesOnFromAnyVersion() {
        golang.run("goto", "1");
        cli.succeeds("adopt");
        cli.succeeds("migrate");
        TakenOver.goesOn(cli);

        // What is new is the real tool's too.
        Cli newest = Cli.of(folder, database.server().createDatabase());
        GolangMigrate.on(folder.path().resolve("migrations"), newest.database()).run("up");
        newest.succeeds("adopt");
        assertThat(newest.applied()).containsExactly("001", "002", "003", "004");
        newest.succeeds("verify");
        newest.succeeds("rollback", "-1", "--yes");
        cli.succeeds("migrate");
        assertThat(cli.applied()).hasSize(4);
    }

    /** What is recorded equals, time and user apart, what applying would have recorded. */
    @Test
    void recordsTheRowsThatApplyingWouldHaveWritten() {
        golang.run("up");
        cli.succeeds("adopt", "--from", "golang-migrate");
        Cli fresh = Cli.of(folder, database.server().createDatabase());
        fresh.succeeds("migrate");
        String rows =
                "SELECT installed_rank, version, description, type, script, checksum, success, execution_time >= 0"
                        + " FROM flyway_schema_history ORDER BY 1";
        assertThat(cli.rows(rows)).hasSize(3).isEqualTo(fresh.rows(rows));
    }

    @Test
    void keepsItsHistoryInStepWithEveryCommand() {
        golang.run("goto", "1");
        assertThat(cli.succeeds("adopt", "--keep-foreign-history").out())
                .contains("==> schema_migrations of golang-migrate is mirrored");

        cli.succeeds("up", "1");
        assertThat(golang.run("version")).isEqualTo("2");
        cli.succeeds("migrate");
        assertThat(golang.run("version")).isEqualTo("3");
        assertThat(golang.run("up")).contains("no change");
        cli.succeeds("down", "1", "--yes");
        assertThat(golang.run("version")).isEqualTo("2");
        cli.succeeds("force", "1", "--yes");
        assertThat(golang.run("version")).isEqualTo("1");
        cli.succeeds("stamp", "002");
        assertThat(golang.run("version")).isEqualTo("2");
        cli.succeeds("down", "-all", "--yes");
        assertThat(golang.fails("version")).contains("no migration");
        cli.succeeds("migrate");
        assertThat(golang.run("version")).isEqualTo("3");
        assertThat(cli.prints("snapshot")).contains("items:").doesNotContain("schema_migrations");

        cli.succeeds("adopt", "--no-keep-foreign-history");
        cli.succeeds("goto", "1", "--yes");
        assertThat(golang.run("version")).as("no longer kept").isEqualTo("3");
    }

    @Test
    void noticesThatItWasUsedOnceMore() {
        golang.run("goto", "1");
        cli.succeeds("adopt", "--keep-foreign-history");
        golang.run("up", "1");
        App.Result refused = cli.fails(ExitStatus.HISTORY_INVALID, "migrate");
        assertThat(refused.err())
                .contains("schema_migrations says 002, our history says 001")
                .contains("schemajob adopt");
        assertThat(cli.succeeds("adopt").out()).contains("Adopted: migration 002");
        golang.run("down", "1");
        assertThat(cli.fails(ExitStatus.HISTORY_INVALID, "migrate").err()).contains("schemajob force 001 --yes");
        cli.succeeds("force", "001", "--yes");
        cli.succeeds("migrate");
        assertThat(golang.run("version")).isEqualTo("3");
        assertThat(cli.applied()).containsExactly("001", "002", "003");
    }

    @Test
    void refusesADirtyHistoryAndSaysHowToClearIt() {
        folder.with("migrations/002_orders.up.sql", "CREATE TABLE orders (id int PRIMARY KEY);\nSELECT 1/0;\n");
        assertThat(golang.fails("up")).contains("division by zero");
        folder.with("migrations/002_orders.up.sql", Shop.ORDERS);

        App.Result refused = cli.fails(ExitStatus.HISTORY_INVALID, "adopt");
        assertThat(refused.err())
                .contains("version 2", "dirty", "002_orders.up.sql")
                .contains("UPDATE schema_migrations SET version = N, dirty = false;");

        // PostgreSQL ran the script as one transaction, so nothing of it is there: the version before is the true one.
        database.execute("UPDATE schema_migrations SET version = 1, dirty = false");
        cli.succeeds("adopt");
        cli.succeeds("migrate");
        assertThat(cli.applied()).containsExactly("001", "002", "003");
    }

    @Test
    void showsTheDifferencesAndRecordsNothing() {
        golang.run("up");
        database.execute("ALTER TABLE items ALTER COLUMN name DROP NOT NULL; DROP INDEX orders_item");
        List<String> before = CatalogText.of(database);
        App.Result drift = cli.fails(ExitStatus.VERIFICATION_FAILED, "adopt", "--keep-foreign-history");
        assertThat(drift.out()).contains("OBJECT", "EXPECTED", "FOUND", "items.name", "orders_item");
        assertThat(drift.err()).contains("Nothing was recorded and nothing was changed");
        assertThat(CatalogText.of(database)).isEqualTo(before);

        database.execute("UPDATE schema_migrations SET version = 17");
        assertThat(cli.fails(ExitStatus.HISTORY_INVALID, "adopt").err()).contains("17", "does not know");
    }

    @Test
    void keepsNoTableThatItMayNotWrite() {
        golang.run("up");
        database.execute("REVOKE DELETE ON schema_migrations FROM " + database.user());
        App.Result denied = cli.fails(ExitStatus.ACCESS_DENIED, "adopt", "--keep-foreign-history");
        assertThat(denied.err()).contains("GRANT SELECT, INSERT, DELETE ON \"public\".\"schema_migrations\" TO ");
        cli.succeeds("adopt");
        assertThat(cli.applied()).hasSize(3);
    }
}
