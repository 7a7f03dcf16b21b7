package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody but us writes a line of our log: not a server, not a table's name, not a file, not a setting. */
class ForgedLogIT {
    /** A line of ours, the colour of an error, a line backwards, and a lone control of the upper half. */
    private static final String EVIL =
            "v\n==> Migration FORGED applied successfully\r\nERROR 80 FORGED: x\n  next:     FORGED\033[31m\u202e\u2028\u009b2J";

    private static final String SHOWN =
            "v\\n==> Migration FORGED applied successfully\\r\\nERROR 80 FORGED: x\\n  next:"
                    + "     FORGED\\u001b[31m\\u202e\\u2028\\u009b2J";

    private static final String TABLE = "\"" + EVIL.substring(0, 40) + "\"";

    private final Postgres.Database database = Postgres.version(16).createDatabase();

    @Test
    void noticesValuesNamesAndScriptsAreShownEscaped() {
        ScriptFolder folder = ScriptFolder.create()
                .with("bundle.yaml", "name: forged\ntitle: \"v\\n==> FORGED \\x1b[31m\"\n")
                .with(
                        "migrations/001_a.up.sql",
                        """
                        DO $x$ BEGIN RAISE NOTICE E'%s'; END $x$;
                        CREATE TABLE %s (a text UNIQUE);
                        INSERT INTO %s VALUES ('%s');
                        """
                                .formatted(EVIL.replace("\n", "\\n"), TABLE, TABLE, EVIL))
                .with("migrations/001_a.down.sql", "DROP TABLE " + TABLE + ";")
                .with("verify/evil.sql", "SELECT a FROM " + TABLE)
                .with("schema.yaml", "tables: {}\n");
        Cli cli = Cli.of(folder, database);
        List<App.Result> results = new ArrayList<>();
        App.Result dry = cli.app("migrate", "--dry-run", "--no-verify").run();
        assertThat(dry.exitCode()).as(dry.text()).isZero();
        assertThat(dry.out()).contains("    | CREATE TABLE \"v\n    | ==> Migration FORGED");
        results.add(dry);

        App.Result migrated = cli.app("migrate").run();
        assertThat(migrated.exitCode()).as(migrated.text()).isEqualTo(82);
        assertThat(migrated.text()).contains("NOTICE: " + SHOWN, "a=" + SHOWN, "table v\\n==> Migration FORGED");
        results.add(migrated);

        folder.with("migrations/002_b.up.sql", "INSERT INTO " + TABLE + " VALUES ('" + EVIL + "');");
        App.Result duplicate = cli.app("migrate", "--verbose").run();
        assertThat(duplicate.exitCode()).as(duplicate.text()).isEqualTo(80);
        assertThat(duplicate.err()).contains("Key (a)=(" + SHOWN + ") already exists");
        results.add(duplicate);
        for (String command : List.of("info", "plan", "usage", "bundles", "lint")) {
            results.add(cli.app(command, "--verbose").run());
        }
        assertThat(cli.prints("info", "--verbose")).contains("    | INSERT INTO \"v\n    | ==> Migration FORGED");
        results.forEach(ForgedLogIT::assertNothingForged);

        App.Result json =
                cli.app("migrate", "--output", "json", "--log-format", "json").run();
        assertNothingForged(json);
        for (String line : json.text().split("\n")) {
            assertThat(Cli.json(line).isObject()).as(line).isTrue();
        }
        JsonNode message = Cli.json(json.termination());
        assertThat(message.path("error").asText()).contains("Key (a)=(" + EVIL + ") already exists");
    }

    @Test
    void settingsAndPathsAreShownEscaped() {
        List<App> runs = List.of(
                App.of("info", "--bundle", "agent-executor").database(database).env("PGUSER", EVIL),
                App.of("info", "--bundle", "agent-executor").database(database).env("PGDATABASE", EVIL),
                App.of("info", "--bundle", "agent-executor").database(database).env("PGSSLMODE", EVIL),
                App.of("info", "--bundle", "agent-executor")
                        .env("DATABASE_URL", "postgresql://u:p@127.0.0.1:1/d%0A==%3E%20FORGED?sslmode=disable")
                        .env("SCHEMAJOB_CONNECT_TIMEOUT", "1s"),
                App.of("info", "--bundle", EVIL + "/x"),
                App.of("info", "--bundle", "agent-executor", "--lock-timeout", EVIL),
                App.of("info", "--bundle", "agent-executor")
                        .env("VAULT_ADDR", "http://127.0.0.1:1")
                        .env("SCHEMAJOB_CONNECT_TIMEOUT", "1s")
                        .env("SCHEMAJOB_VAULT_AUTH_MOUNT", EVIL)
                        .env("SCHEMAJOB_VAULT_ROLE", EVIL)
                        .env("SCHEMAJOB_VAULT_SECRET", EVIL),
                App.of(EVIL),
                App.of("migrate", "--" + EVIL));
        runs.parallelStream().forEach(app -> {
            App.Result result = app.run();
            assertThat(result.exitCode()).as(result.text()).isGreaterThanOrEqualTo(64);
            assertNothingForged(result);
        });
    }

    static void assertNothingForged(App.Result result) {
        assertThat(result.text().lines())
                .as(result.text())
                .noneMatch(line -> line.matches("(==>|ERROR|WARNING:|  next:) .*FORGED.*") && !line.contains("\\n"));
        String everything = result.text() + result.termination();
        assertThat(everything).doesNotContain("\033", "\u202e", "\u2028", "\u009b", "\r");
    }
}
