package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.CatalogText;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories and bundles that contradict each other, and what {@code repair} may do about it. */
class HistoryIT {
    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder = ScriptFolder.create()
            .with("001_first.up.sql", "CREATE TABLE first (id int);")
            .with("003_third.up.sql", "CREATE TABLE third (id int);");
    private final Cli cli = Cli.of(folder, database);

    @Test
    void editedScriptsAreRefusedWithBothChecksumsAndRepairAcceptsThem() {
        cli.succeeds("migrate");
        String old = checksum("001");
        folder.with("001_first.up.sql", "CREATE TABLE first (id bigint);");
        folder.with("004_fourth.up.sql", "CREATE TABLE fourth (id int);");

        App.Result refused = cli.fails(ExitStatus.HISTORY_INVALID, "migrate");
        assertThat(refused.err())
                .contains("migration 001: 001_first.up.sql was changed after it was applied: checksum " + old)
                .contains("Nothing was changed; the schema is at 003.", "schemajob repair");
        assertThat(cli.applied()).containsExactly("001", "003");
        cli.fails(ExitStatus.HISTORY_INVALID, "rollback", "base", "--yes");
        assertThat(cli.succeeds("info").out()).contains("PROBLEM: migration 001", "1 pending");

        App.Result repaired = cli.succeeds("repair");
        String fresh = checksum("001");
        assertThat(fresh).isNotEqualTo(old);
        assertThat(repaired.out()).contains("checksum " + old + " in the history, " + fresh + " in the bundle");
        assertThat(repaired.out()).contains("==> Repaired 1 item(s)");
        cli.succeeds("migrate");
        assertThat(cli.applied()).containsExactly("001", "003", "004");
        assertThat(cli.succeeds("repair").out()).contains("==> Nothing to repair");
    }

    @Test
    void removedAndLateScriptsAreRefusedAndRepairSaysWhatItMayNot() throws IOException {
        cli.succeeds("migrate");
        List<String> before = cli.history();
        folder.with("002_late.up.sql", "CREATE TABLE late (id int);");
        App.Result late = cli.fails(ExitStatus.HISTORY_INVALID, "migrate");
        assertThat(late.err())
                .contains("migration 002: 002_late.up.sql was never applied, but the database is already at 003")
                .contains("Give the late script a version above the newest one");
        assertThat(cli.succeeds("history").out()).containsPattern("002 +late +out of order");
        Files.delete(folder.path().resolve("002_late.up.sql"));

        Files.delete(folder.path().resolve("003_third.up.sql"));
        folder.with("001_first.up.sql", "CREATE TABLE first (id bigint);");
        App.Result removed = cli.fails(ExitStatus.HISTORY_INVALID, "migrate");
        assertThat(removed.err())
                .contains("003_third.up.sql was applied, but the bundle does not have it")
                .contains("Put the missing script back.");
        assertThat(cli.history()).isEqualTo(before);

        App.Result halfRepaired = cli.fails(ExitStatus.HISTORY_INVALID, "repair");
        assertThat(halfRepaired.out()).contains("==> Repaired 1 item(s)");
        assertThat(halfRepaired.err()).contains("003_third.up.sql was applied").doesNotContain("001_first");
        assertThat(cli.applied()).containsExactly("001", "003");

        folder.with("003_third.up.sql", "CREATE TABLE third (id int);");
        cli.succeeds("migrate");
        assertThat(CatalogText.of(database)).noneMatch(line -> line.contains("late"));
    }

    @Test
    void repeatableMigrationsRunWhenTheyChangedAndOnlyThen() {
        ScriptFolder flyway = ScriptFolder.create()
                .with("V1__base.sql", "CREATE TABLE t (n int);")
                .with("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS one;");
        Cli other = Cli.of(flyway, database);
        assertThat(other.succeeds("migrate").out()).contains("==> Repeatable migration view applied successfully");
        assertThat(other.succeeds("migrate").out())
                .contains("already applied. Skipping.")
                .doesNotContain("view");

        flyway.with("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 2 AS one;");
        flyway.with("V2__more.sql", "CREATE TABLE more (n int);");
        assertThat(other.succeeds("migrate").out()).containsSubsequence("migration 2", "repeatable migration view");
        assertThat(other.rows("SELECT one FROM v")).containsExactly("2");
        assertThat(other.rows("SELECT version, script FROM flyway_schema_history ORDER BY installed_rank"))
                .containsExactly("1 V1__base.sql", "NULL R__view.sql", "2 V2__more.sql", "NULL R__view.sql");
        other.succeeds("migrate");
    }

    @Test
    void invalidIndexesAreRebuilt() throws SQLException {
        folder.with("004_index.up.sql", "CREATE INDEX third_idx ON third (id);");
        cli.succeeds("migrate");
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'third_idx'::regclass");
        }
        App.Result repaired = cli.succeeds("repair");
        assertThat(repaired.out()).contains("index third_idx: invalid before, rebuilt now");
        assertThat(CatalogText.of(database))
                .contains("index CREATE INDEX third_idx ON public.third USING btree (id) valid true");
    }

    /** A user who may look but not write. */
    @Test
    void repairWithoutTheRightToWriteIsDenied() throws SQLException {
        cli.succeeds("migrate");
        folder.with("001_first.up.sql", "CREATE TABLE first (id bigint);");
        String user = database.name() + "_reader";
        database.server().createRole(user, "reader-password");
        database.execute("GRANT SELECT ON flyway_schema_history TO " + user);
        Cli reader = Cli.of(folder, new Postgres.Database(database.server(), database.name(), user, "reader-password"));
        App.Result denied = reader.fails(ExitStatus.ACCESS_DENIED, "repair");
        assertThat(denied.err()).contains("permission denied for", "SQLSTATE: 42501");
    }

    private String checksum(String version) {
        return cli.rows("SELECT checksum FROM flyway_schema_history WHERE version = '" + version + "'")
                .get(0);
    }
}
