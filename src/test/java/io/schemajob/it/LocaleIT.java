package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the process runs changes nothing that it prints, reads, sends or leaves in the database. */
class LocaleIT {
    private record Place(Map<String, String> properties, Map<String, String> environment) {}

    private static final List<Place> PLACES = List.of(
            new Place(Map.of(), Map.of("LC_ALL", "C.UTF-8")),
            new Place(
                    Map.of("user.language", "ar", "user.country", "EG", "user.extensions", "u-nu-arab"),
                    Map.of("LC_ALL", "ar_EG.UTF-8")),
            new Place(Map.of("user.language", "tr", "user.country", "TR"), Map.of("LC_ALL", "tr_TR.UTF-8")),
            new Place(Map.of(), Map.of("LC_ALL", "C")));

    @Test
    void everyPlacePrintsAndDoesTheSame() {
        ScriptFolder folder = ScriptFolder.create()
                .with(
                        "001_INIT.up.sql",
                        """
                        CREATE TABLE ITEMS (ID int, TITLE text DEFAULT 'größer');
                        CREATE INDEX items_id ON items (id);
                        INSERT INTO ITEMS SELECT i, 'ı' FROM generate_series(1, 1234) i;
                        """)
                .with("001_INIT.down.sql", "DROP TABLE ITEMS;");
        ScriptFolder broken = ScriptFolder.create().with("001_I.up.sql", "SELECT 1;\n\nSELEKT 2;");
        String expected = null;
        for (Place place : PLACES) {
            Postgres.Database database = Postgres.version(16).createDatabase();
            Cli cli = Cli.of(folder, database);
            StringBuilder text = new StringBuilder();
            for (List<String> line : List.of(
                    List.of("migrate", "--statement-timeout", "90s", "--lock-timeout", "12s"),
                    List.of("plan"),
                    List.of("snapshot"),
                    List.of("verify", "--deadline", "600s"),
                    List.of("rollback", "base", "--yes"))) {
                App.Result result =
                        in(place, cli.app(line.toArray(String[]::new))).run();
                assertThat(result.exitCode())
                        .as("%s %s: %s", place, line, result.text())
                        .isZero();
                text.append(result.text()).append(result.termination());
            }
            App.Result failed =
                    in(place, Cli.of(broken, database).app("migrate")).run();
            assertThat(failed.exitCode()).isEqualTo(80);
            assertThat(failed.err()).contains("ERROR 80 MIGRATION_FAILED: Migration 001 failed at 001_I.up.sql line 3");
            text.append(failed.text()).append(failed.termination());
            text.append(in(place, App.of("--help")).run().text());
            String same = text.toString()
                    .replace(database.name(), "DB")
                    .replaceAll("\"durationMs\":[0-9]+", "MS")
                    .replaceAll("b[0-9]{6,}", "FOLDER")
                    .replaceAll("[0-9.]+ (ms|s)\\b", "TIME");
            assertThat(same)
                    .as("%s", place)
                    .isEqualTo(expected == null ? same : expected)
                    .contains("'größer'");
            expected = same;
        }
    }

    /** Under LC_ALL=C Java loses every letter beyond ASCII; to go on would put other names into the history. */
    @Test
    void namesThatJavaCannotReadAreRefused() {
        assumeTrue(App.isJar(), "the executable reads names as UTF-8");
        Postgres.Database database = Postgres.version(16).createDatabase();
        ScriptFolder folder = ScriptFolder.create().with("001_größer.up.sql", "CREATE TABLE a (id int);");
        Cli cli = Cli.of(folder, database);
        App.Result listed = Cli.failed(
                ExitStatus.CONFIG, cli.app("migrate").env("LC_ALL", "C").run());
        assertThat(listed.err()).contains("cannot read names beyond ASCII", "001_gr", "LC_ALL=C.UTF-8");
        for (App app : List.of(
                App.of("migrate", "--bundle", "größer").database(database).env("LC_ALL", "C"),
                App.of("migrate", "--bundle", "agent-executor")
                        .env("SCHEMAJOB_REPORT", "/tmp/größer")
                        .env("LC_ALL", "C"))) {
            assertThat(Cli.failed(ExitStatus.CONFIG, app.run()).err()).contains("Set LC_ALL=C.UTF-8");
        }
        assertThat(cli.app("migrate").env("LC_ALL", "C.UTF-8").run().exitCode()).isZero();
        assertThat(cli.rows("SELECT script FROM flyway_schema_history")).contains("001_größer.up.sql");
    }

    private static App in(Place place, App app) {
        place.properties().forEach(app::property);
        return app.env(place.environment());
    }
}
