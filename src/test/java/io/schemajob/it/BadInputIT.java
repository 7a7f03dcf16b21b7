package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.CatalogText;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mistakes of people: each has its code and one clear sentence, and is found before anything is contacted. */
class BadInputIT {
    private record Case(ExitStatus status, List<String> line, String... words) {
        static Case bundle(String path, String... words) {
            return new Case(ExitStatus.CONFIG, List.of("migrate", "--bundle", path), words);
        }

        static Case bundle(ScriptFolder folder, String... words) {
            return bundle(folder.path().toString(), words);
        }

        static Case setting(String option, String value, String... words) {
            return new Case(ExitStatus.CONFIG, List.of("migrate", "--bundle", "agent-executor", option, value), words);
        }

        static Case usage(List<String> line, String... words) {
            return new Case(ExitStatus.USAGE, line, words);
        }
    }

    @Test
    void everyMistakeHasItsCodeAndOneClearSentence() throws IOException {
        ScriptFolder latin1 = ScriptFolder.create();
        Files.write(
                latin1.path().resolve("001_a.up.sql"),
                "SELECT 1;\n-- Stra\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1));
        ScriptFolder huge = ScriptFolder.create();
        try (RandomAccessFile sparse =
                new RandomAccessFile(huge.path().resolve("001_a.up.sql").toFile(), "rw")) {
            sparse.setLength(200L << 20);
        }
        List<Case> cases = List.of(
                Case.bundle("agent-exekutor", "There is no bundle agent-exekutor. Did you mean agent-executor?"),
                Case.bundle("/no/such/folder", "The bundle /no/such/folder does not exist."),
                Case.bundle(ScriptFolder.create(), "no migration script there"),
                Case.bundle(
                        ScriptFolder.create().with("001_a.up.sql", "SELECT 1;").with("1_b.up.sql", "SELECT 1;"),
                        "1_b.up.sql: has the version 1, as has 001_a.up.sql."),
                Case.bundle(
                        ScriptFolder.create().with("001_a.up.sql", "SELECT 1;").with("V2__b.sql", "SELECT 1;"),
                        "V2__b.sql: named in another style than 001_a.up.sql"),
                Case.bundle(latin1, "001_a.up.sql:2: not UTF-8: byte 0xDF."),
                Case.bundle(huge, "001_a.up.sql: the file has 200 MiB, the limit is 100 MiB."),
                Case.bundle(
                        ScriptFolder.create()
                                .with("001_a.up.sql", "SELECT 1;")
                                .with("bundle.yaml", "name: shop\ntitle: [open\nadopt: 1\n"),
                        "bundle.yaml:3:6: broken YAML"),
                Case.bundle(
                        ScriptFolder.create()
                                .with("001_a.up.sql", "SELECT 1;")
                                .with("schema.yaml", "tables:\n  t:\n    colums:\n      id: int\n"),
                        "schema.yaml",
                        "colums",
                        "schema.yaml:3:5"),
                Case.setting(
                        "--lock-timeout",
                        "5",
                        "SCHEMAJOB_LOCK_TIMEOUT is \"5\", which is not a time",
                        "--lock-timeout"),
                Case.setting("--deadline", "1 hour", "SCHEMAJOB_DEADLINE is \"1 hour\""),
                Case.setting(
                        "--statement-timeout", "700h", "SCHEMAJOB_STATEMENT_TIMEOUT is \"700h\"; the longest time"),
                Case.setting("--lock-retries", "many", "SCHEMAJOB_LOCK_RETRIES is \"many\""),
                Case.setting("--log-format", "yaml", "it is text or json"),
                new Case(ExitStatus.CONFIG, List.of("migrate"), "SCHEMAJOB_BUNDLE is not set"),
                Case.usage(List.of("migrat"), "Unknown command: 'migrat'."),
                Case.usage(List.of("status"), "Unknown command: 'status'.", "next:     schemajob info shows"),
                Case.usage(List.of("-v"), "-v alone names no command."),
                Case.usage(List.of("--bundel", "x", "info"), "Unknown option: '--bundel'. Did you mean --bundle?"),
                Case.usage(List.of("migrate", "--schema", ""), "--schema is empty."),
                Case.usage(List.of("migrate", "--schema="), "--schema is empty."),
                Case.usage(List.of("migrate", ""), "TARGET is empty."),
                Case.usage(List.of("-b", "x", "info", "--bundle", "y"), "should be specified only once"),
                Case.usage(List.of("migrate", "--bundle", "--schema", "x"), "--bundle"),
                Case.usage(
                        List.of("migrate", "@pom.xml", "--bundle", "agent-executor"), "\"@pom.xml\" is not a target"),
                Case.usage(
                        List.of("--bundle", "agent-executor", "inof"), "Unknown command: 'inof'. Did you mean info?"),
                Case.usage(List.of("migrate", "--dryrun"), "Unknown option: '--dryrun'", "schemajob migrate --help"),
                Case.usage(List.of("info", "--output", "xml"), "\"xml\" is neither text nor json"),
                Case.usage(List.of("rollback"), "TARGET"),
                Case.usage(List.of("migrate", "latest", "--bundle", "agent-executor"), "\"latest\" is not a target."));

        cases.parallelStream().forEach(BadInputIT::check);
    }

    private static void check(Case mistake) {
        App.Result result = App.of(mistake.line().toArray(String[]::new)).run();
        Cli.failed(mistake.status(), result);
        assertThat(result.out()).as("%s", mistake.line()).isEmpty();
        assertThat(result.err()).contains(mistake.words());
        assertThat(Cli.json(result.termination()).path("error").asText().lines())
                .hasSize(1);
    }

    /** Only seen when the script is taken apart, but still before the first change. */
    @Test
    void aScriptThatCannotRunChangesNothing() {
        Postgres.Database database = Postgres.version(16).createDatabase();
        ScriptFolder folder = ScriptFolder.create()
                .with("001_a.up.sql", "CREATE TABLE a (id int);")
                .with("002_b.up.sql", "CREATE TABLE b (id int);\n\\copy b FROM 'b.csv'\n")
                .with("002_b.down.sql", "DROP TABLE b;");
        Cli cli = Cli.of(folder, database);
        assertThat(cli.fails(ExitStatus.CONFIG, "migrate").err())
                .contains("002_b.up.sql:2: \\copy is a command of psql, not SQL.");
        assertThat(CatalogText.of(database)).noneMatch(line -> line.startsWith("relation"));

        folder.with("002_b.up.sql", "CREATE TABLE b (id int);\nCREATE INDEX CONCURRENTLY b_idx ON b (id);\n");
        assertThat(cli.fails(ExitStatus.CONFIG, "migrate", "--dry-run").err())
                .contains("002_b.up.sql:2: CREATE INDEX CONCURRENTLY cannot run in a transaction");

        folder.with("002_b.up.sql", "CREATE TABLE b (id int);\n");
        folder.with("001_a.down.sql", "DROP TABLE a\nCOMMIT;\n'");
        cli.succeeds("migrate");
        cli.fails(ExitStatus.CONFIG, "rollback", "base", "--yes");
        assertThat(cli.applied()).containsExactly("001", "002");
    }

    /** What such a line means to be is a secret, and logs are kept. */
    @Test
    void aSecretOnTheCommandLineIsNotRepeated() {
        List<List<String>> lines = List.of(
                List.of("migrate", "-Dquarkus.datasource.password=hunter-2 x"),
                List.of("migrate", "--password", "hunter-2 x"),
                List.of("migrate", "--vault-secret-id=hunter-2 x"),
                List.of("wait", "--PGPASSWORD=hunter-2 x", "--output", "json"));
        for (List<String> line : lines) {
            App.Result result = Cli.failed(
                    ExitStatus.USAGE, App.of(line.toArray(String[]::new)).run());
            assertThat(result.out() + result.err() + result.termination())
                    .as(line.toString())
                    .contains("nknown option")
                    .doesNotContain("hunter");
        }
        // The name of a file may be told, and has to be, for whoever mistyped the option.
        assertThat(Cli.failed(
                                ExitStatus.USAGE,
                                App.of("migrate", "--vault-token-fil=/run/token", "--passwordfile=/run/pw")
                                        .run())
                        .err())
                .contains("/run/pw");
    }
}
