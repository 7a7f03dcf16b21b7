package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Dbmate;
import io.schemajob.testing.Goose;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import org.junit.jupiter.api.Test;

/** Databases that the real goose and dbmate have made are taken over at the version that their tables say. */
class AdoptOtherToolsIT {
    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder = Shop.golangMigrate();
    private final Cli cli = Cli.of(folder, database);

    private static ScriptFolder files(String up, String down) {
        return ScriptFolder.create()
                .with("001_items.sql", up + "\n" + Shop.ITEMS + down + "\nDROP TABLE items;\n")
                .with("002_orders.sql", up + "\n" + Shop.ORDERS + down + "\nDROP TABLE orders;\n");
    }

    @Test
    void dbmate() {
        ScriptFolder files = files("-- migrate:up", "-- migrate:down");
        Dbmate.up(files.path(), database);
        takesOver("dbmate", "schema_migrations");
        refusesTheFiles(files, "dbmate");
    }

    @Test
    void goose() {
        ScriptFolder files = files("-- +goose Up", "-- +goose Down");
        Goose.run(files.path(), database, "up");
        takesOver("goose", "goose_db_version");
        Goose.run(files.path(), database, "down");
        refusesTheFiles(files, "goose");
    }

    private void takesOver(String tool, String table) {
        assertThat(cli.fails(ExitStatus.HISTORY_INVALID, "migrate").err()).contains(table, "schemajob adopt");
        assertThat(cli.succeeds("adopt", "--dry-run", "--from", tool).out())
                .contains("migration 002 would be recorded");
        App.Result adopted = cli.succeeds("adopt");
        assertThat(adopted.out())
                .contains(tool + " has set up this schema", "migration 002 is recorded as applied")
                .doesNotContain("WARNING");
        assertThat(cli.applied()).containsExactly("001", "002");
        assertThat(cli.succeeds("migrate").out()).contains("All 2 tables verified successfully");
        assertThat(cli.applied()).containsExactly("001", "002", "003");
        assertThat(cli.prints("snapshot")).contains("items:").doesNotContain(table);
    }

    /** Renamed as people do who are told that the name is wrong. */
    private void refusesTheFiles(ScriptFolder files, String tool) {
        ScriptFolder renamed = ScriptFolder.create()
                .with("001_items.up.sql", files.read("001_items.sql"))
                .with("002_orders.up.sql", files.read("002_orders.sql"));
        Cli under = Cli.of(renamed, database.server().createDatabase());
        for (String command : new String[] {"migrate", "lint"}) {
            assertThat(under.fails(ExitStatus.CONFIG, command).err())
                    .contains("in the format of " + tool, "001_items", "002_orders", "Renaming is not enough");
        }
        assertThat(under.rows("SELECT to_regclass('flyway_schema_history') IS NULL"))
                .containsExactly("t");
    }
}
