package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a bundle leaves to whoever runs it reaches the server quoted, whatever it holds, and is no part of the history. */
class VariablesIT {
    private static final String UP =
            """
            CREATE TABLE region (name text DEFAULT ${region});
            -- ${region} in a comment is text, and so is this:
            INSERT INTO region VALUES (DEFAULT), ('${nothing}'), ('in ' || ${region});
            COMMENT ON TABLE region IS ${note};
            CREATE TABLE ${table_name} (n int);
            """;

    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder = ScriptFolder.create()
            .with(
                    "bundle.yaml",
                    """
                    name: shop
                    variables:
                      table_name: identifier
                      region: {type: literal}
                      note: {type: literal, default: it's so}
                    """)
            .with("migrations/001_a.up.sql", UP)
            .with("migrations/001_a.down.sql", "DROP TABLE region;\nDROP TABLE ${table_name};\n");
    private final Cli cli = Cli.of(folder, database);

    @Test
    void valuesAreQuotedAndTheChecksumIsOfTheText() {
        // A setting of the session that changes what a backslash means must not change the value.
        folder.with("migrations/001_a.up.sql", "SET standard_conforming_strings = off;\n" + UP);
        String nasty = "a\\'; DROP TABLE region; --";
        String table = "t\"; DROP TABLE region; --";
        App.Result result = cli.app("migrate", "--var", "region=" + nasty, "--var", "table_name=" + table)
                .run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(cli.rows("SELECT * FROM region")).containsExactly(nasty, "${nothing}", "in " + nasty);
        assertThat(cli.rows("SELECT obj_description('region'::regclass)")).containsExactly("it's so");
        assertThat(cli.rows("SELECT relname FROM pg_class WHERE relname LIKE 't\"%'"))
                .containsExactly(table);
        int checksum = Script.of(new TextFile("x", folder.read("migrations/001_a.up.sql")))
                .checksum();
        assertThat(cli.history()).containsExactly("001 001_a.up.sql SQL %d t".formatted(checksum));

        // Applied with other values, or none, it is the same script.
        assertThat(cli.succeeds("migrate").out()).contains("already applied");
        assertThat(cli.fails(ExitStatus.CONFIG, "rollback", "base", "--yes").err())
                .contains("001_a.down.sql:2", "the variable table_name has no value");
        App.Result back = cli.app("rollback", "base", "--yes")
                .env("SCHEMAJOB_VAR_TABLE_NAME", table)
                .run();
        assertThat(back.exitCode()).as(back.text()).isZero();
        assertThat(cli.applied()).isEmpty();
    }

    /** What only looks needs no values. */
    @Test
    void aValueIsNeededOnlyWhereAScriptRuns() {
        for (List<String> line :
                List.of(List.of("lint"), List.of("info"), List.of("plan"), List.of("check", "--offline"))) {
            App.Result result = cli.app(line.toArray(String[]::new)).run();
            assertThat(result.exitCode()).as(result.text()).isZero();
        }
        App.Result refused = cli.app("migrate").env("SCHEMAJOB_VAR_REGION", "").run();
        Cli.failed(ExitStatus.CONFIG, refused);
        assertThat(refused.err())
                .contains("001_a.up.sql:1: the variable region has no value", "SCHEMAJOB_VAR_REGION", "--var region=");
        assertThat(cli.fails(ExitStatus.CONFIG, "migrate", "--dry-run").err()).contains("has no value");
        assertThat(cli.rows("SELECT to_regclass('region') IS NULL")).containsExactly("t");
    }

    @Test
    void whatIsNotDeclaredOrCannotBeQuotedIsRefused() {
        assertThat(cli.fails(ExitStatus.CONFIG, "lint", "--var", "regoin=x").err())
                .contains("declares no variable regoin", "table_name, region, note");
        assertThat(cli.fails(ExitStatus.CONFIG, "lint", "--var", "table_name=" + "x".repeat(64))
                        .err())
                .contains("The variable table_name is", "64 bytes");
        assertThat(cli.fails(ExitStatus.CONFIG, "lint", "--var", "region=a\nb").err())
                .contains("The variable region holds a control character");
        cli.fails(ExitStatus.USAGE, "lint", "--var", "region");
        cli.fails(ExitStatus.USAGE, "lint", "--var", "region=a", "--var", "region=b");

        folder.with("migrations/002_b.up.sql", "SELECT 1;\nSELECT ${other};\n");
        assertThat(cli.fails(ExitStatus.CONFIG, "info").err())
                .contains("002_b.up.sql:2: the variable other is not declared");
        folder.with("migrations/002_b.up.sql", "SELECT 1;\nSELECT '${region}';\n");
        assertThat(cli.fails(ExitStatus.CONFIG, "info").err()).contains("002_b.up.sql:2", "inside of quotes");
        folder.with("migrations/002_b.up.sql", "SELECT 1;\nSELECT E${region};\n");
        assertThat(cli.fails(ExitStatus.CONFIG, "info").err()).contains("002_b.up.sql:2", "directly beside");

        folder.with("bundle.yaml", "name: shop\nvariables: {Region: literal}\n");
        assertThat(cli.fails(ExitStatus.CONFIG, "info").err()).contains("bundle.yaml:2:", "lower-case");
        folder.with("bundle.yaml", "name: shop\nvariables: {region: number}\n");
        assertThat(cli.fails(ExitStatus.CONFIG, "info").err()).contains("must be one of identifier, literal");
        Cli goose = Cli.of(
                ScriptFolder.create()
                        .with("bundle.yaml", "variables: {region: literal}\n")
                        .with("migrations/00001_a.sql", "-- +goose Up\nSELECT 1;\n"),
                database);
        assertThat(goose.fails(ExitStatus.CONFIG, "info").err())
                .contains("variables are not for scripts in the format of goose");
    }

    /** Without the key nothing changes: what looks like a variable is what the script says. */
    @Test
    void withoutDeclarationsTextStaysText() {
        Cli plain = Cli.of(
                ScriptFolder.create().with("001_a.up.sql", "CREATE TABLE a AS SELECT '${region}' AS t;\n"), database);
        plain.succeeds("migrate");
        assertThat(plain.rows("SELECT t FROM a")).containsExactly("${region}");
    }
}
