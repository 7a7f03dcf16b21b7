package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import org.junit.jupiter.api.Test;

/** What users of golang-migrate and Alembic type does what they expect. */
class HabitsIT {
    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder = Shop.golangMigrate();
    private final Cli cli = Cli.of(folder, database);

    @Test
    void upAndDownCountMigrations() {
        cli.succeeds("up", "2");
        assertThat(cli.applied()).containsExactly("001", "002");
        assertThat(cli.prints("version")).isEqualTo("002\n");
        assertThat(cli.app("current", "--check-heads").run().exitCode()).isEqualTo(85);

        assertThat(cli.fails(ExitStatus.USAGE, "down").err()).contains("down 1 --yes", "down -all --yes");
        assertThat(cli.fails(ExitStatus.USAGE, "down", "--yes").err()).contains("does not say how far");
        assertThat(cli.fails(ExitStatus.USAGE, "down", "1").err()).contains("schemajob rollback -1 --yes");
        assertThat(cli.fails(ExitStatus.USAGE, "down", "7", "--yes").err()).contains("only 2 are applied");
        assertThat(cli.applied()).containsExactly("001", "002");

        cli.succeeds("down", "1", "--yes");
        assertThat(cli.applied()).containsExactly("001");
        cli.succeeds("up");
        assertThat(cli.applied()).containsExactly("001", "002", "003");
        cli.succeeds("down", "001", "--yes");
        assertThat(cli.applied()).as("a number with leading zeros is a version").containsExactly("001");
    }

    @Test
    void gotoLeadsBothWays() {
        assertThat(cli.succeeds("goto", "2").out()).contains("Migration 002 applied successfully");
        App.Result unconfirmed = cli.fails(ExitStatus.USAGE, "goto", "1");
        assertThat(unconfirmed.err()).contains("was not confirmed");
        assertThat(cli.applied()).containsExactly("001", "002");
        cli.succeeds("goto", "1", "--yes");
        assertThat(cli.applied()).containsExactly("001");
        assertThat(cli.succeeds("goto", "001").out()).contains("already applied. Skipping.", "verified successfully");
        assertThat(cli.fails(ExitStatus.USAGE, "goto", "9").err()).contains("no migration 9");
        assertThat(cli.fails(ExitStatus.USAGE, "goto", "head").err()).contains("goto takes a version");
    }

    @Test
    void forceSaysLoudlyWhatItDoesAndRunsNothing() {
        cli.succeeds("up", "1");
        assertThat(cli.fails(ExitStatus.USAGE, "force", "3").err()).contains("schemajob force 3 --yes");
        App.Result up = cli.succeeds("force", "3", "--yes");
        assertThat(up.out())
                .contains("WARNING: The history takes migration 002 for applied; it is not run")
                .contains("WARNING: The history takes migration 003 for applied; it is not run")
                .contains("==> The history says 003 now; nothing was run and nothing was compared");
        assertThat(cli.fails(ExitStatus.VERIFICATION_FAILED, "verify").out()).contains("table orders");

        App.Result down = cli.succeeds("force", "1", "--yes");
        assertThat(down.out()).contains("WARNING: The history forgets migration 003; what it changed stays");
        assertThat(cli.applied()).containsExactly("001");
        assertThat(cli.succeeds("force", "1", "--yes").out()).contains("The history says 001 already");
        cli.succeeds("migrate");
        assertThat(cli.applied()).containsExactly("001", "002", "003");

        cli.succeeds("force", "-1", "--yes");
        assertThat(cli.applied()).isEmpty();
        assertThat(cli.prints("version")).isEmpty();
        assertThat(cli.succeeds("adopt").out()).contains("migration 003 is recorded as applied");
    }

    @Test
    void forceClearsAFailureThatWasPutRightByHand() {
        cli.succeeds("up", "2");
        database.execute("INSERT INTO items VALUES (1, 'a'); INSERT INTO orders VALUES (1, 1), (2, 1)");
        folder.with("migrations/003_index.up.sql", "CREATE UNIQUE INDEX CONCURRENTLY orders_item ON orders (item);");
        cli.fails(ExitStatus.MIGRATION_PARTIAL, "migrate");
        database.execute("DROP INDEX orders_item");
        database.execute("DELETE FROM orders WHERE id = 2");
        database.execute("CREATE INDEX orders_item ON orders (item)");
        folder.with("migrations/003_index.up.sql", Shop.INDEX);
        cli.succeeds("force", "3", "--yes");
        assertThat(cli.succeeds("migrate").out()).contains("Migration 003 already applied", "verified successfully");
    }
}
