package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the targets of a fleet come from, which of them are a run's, and how many are at work. */
class FleetTargetsIT {
    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final Postgres.Database second = secondDatabase();
    private final ScriptFolder folder = Shop.golangMigrate();
    private final Cli cli = Cli.of(folder, database);

    @TempDir
    Path temporary;

    /** Software that keeps a schema per tenant has them in a table. */
    @Test
    void targetsAreTheRowsOfAQuery() throws IOException {
        database.execute("CREATE TABLE tenants (slug text, db text, active boolean); INSERT INTO tenants VALUES"
                + " ('alpha', NULL, true), ('beta', NULL, true), ('gone', NULL, false), ('other', '%s', true)"
                        .formatted(second.name()));
        App.Result result = cli.succeeds(
                query(
                        "migrate",
                        "SELECT slug AS name, 'tenant_' || slug AS schema, db AS database FROM tenants WHERE active ORDER BY 1;\n"));
        assertThat(result.out())
                .contains("==> 3 of 3 target(s) of the fleet are this run's")
                .containsPattern("alpha +0 OK +003 +3 +0 ")
                .containsPattern("other +0 OK +003 +3 +0 ");
        assertThat(FleetIT.applied(database, "tenant_alpha")).containsExactly("001", "002", "003");
        assertThat(FleetIT.applied(database, "tenant_beta")).containsExactly("001", "002", "003");
        assertThat(FleetIT.applied(second, "tenant_other")).containsExactly("001", "002", "003");
        assertThat(cli.rows("SELECT to_regnamespace('tenant_gone') IS NULL")).containsExactly("t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 'a b' AS name | row 1 (name \"a b\"): name must be letters",
                "SELECT NULL AS name | row 1: name is missing",
                "SELECT 'a' AS name, 'pg_x' AS schema | row 1 (name \"a\"): schema is \"pg_x\"",
                "SELECT 'a' AS name, '' AS schema | row 1 (name \"a\"): schema is empty",
                "SELECT x AS name, x AS schema FROM unnest('{a,a}'::text[]) x | row 2 (name \"a\"): the target a is there twice",
                "SELECT x AS name FROM unnest('{a,b}'::text[]) x | row 2 (name \"b\"): the target b leads to the same schema as a",
                "SELECT 'a' AS name, 'kv/a' AS secret | row 1 (name \"a\"): a secret needs VAULT_ADDR",
                "SELECT 'a' AS name, 'b' AS shema | :1: unknown column shema (did you mean schema?)",
                "SELECT 'a' AS schema | :1: the column name is missing",
                "SELECT 1; SELECT 2 | the query of the targets is 2 statements",
                "SELECT 'a' AS nam FROM nowhere | :1: the query of the targets failed: relation \"nowhere\" does not exist",
                "CREATE TABLE made (n int) | :1: the query of the targets is no SELECT",
                "/* all */ COPY (SELECT 1) TO '/tmp/targets' | :1: the query of the targets is no SELECT",
                "WITH d AS (DELETE FROM tenants RETURNING 1) SELECT 'a' AS name FROM d | cannot execute SELECT in a read-only",
                "SELECT 'a' AS name WHERE false | The fleet has no target: --targets-query",
            })
    void refusesAQueryThatIsNoListOfTargets(String sql, String message) throws IOException {
        database.execute("CREATE TABLE tenants (n int)");
        App.Result refused =
                Cli.failed(ExitStatus.CONFIG, cli.app(query("migrate", sql)).run());
        assertThat(refused.err()).contains(message);
        assertThat(cli.rows("SELECT count(*) FROM pg_class WHERE relname LIKE 'flyway%'"))
                .containsExactly("0");
    }

    @Test
    void anEmptyFleetIsASuccessWhereItMayBe() throws IOException {
        App.Result empty = cli.succeeds(query("migrate", "SELECT 'a' AS name WHERE false", "--allow-empty"));
        assertThat(empty.out()).contains("==> 0 of 0 target(s) of the fleet are this run's: there is nothing to do");
        assertThat(Cli.json(empty.termination()).path("verified").isNull()).isTrue();
    }

    /** As the pods of an Indexed Job: all variables are the same but for the index. */
    @Test
    void shardsShareTheFleet() throws IOException {
        Path targets = targets(IntStream.rangeClosed(1, 6)
                .mapToObj("{name: t%1$d, schema: t%1$d}"::formatted)
                .toArray(String[]::new));
        int done = 0;
        for (int index = 0; index < 8; index++) {
            App.Result shard = Cli.succeeded(cli.app("fleet", "migrate")
                    .env("SCHEMAJOB_TARGETS", targets.toString())
                    .env("SCHEMAJOB_SHARDS", "8")
                    .env("SCHEMAJOB_PARALLEL", "2")
                    .env("JOB_COMPLETION_INDEX", String.valueOf(index))
                    .run());
            int applied = Cli.json(shard.termination()).path("applied").asInt();
            assertThat(shard.out())
                    .contains("==> %d of 6 target(s) of the fleet are this run's (shard %d of 8)"
                            .formatted(applied / 3, index));
            done += applied;
        }
        assertThat(done).isEqualTo(18);
        App.Result whole = Cli.succeeded(cli.app("fleet", "verify")
                .env("SCHEMAJOB_TARGETS", targets.toString())
                .env("JOB_COMPLETION_INDEX", "3")
                .run());
        assertThat(whole.text())
                .contains("JOB_COMPLETION_INDEX is 3, and this run does the whole fleet", "Set SCHEMAJOB_SHARDS");
    }

    @Test
    void canariesAndChosenTargetsComeAlone() throws IOException {
        Path targets = targets("{name: alpha, schema: alpha}", "{name: beta, schema: beta}", other());
        App.Result only = cli.succeeds(FleetIT.fleet("migrate", targets, "--only", "beta"));
        assertThat(only.out()).contains("==> 1 of 3 target(s) of the fleet are this run's (--only)");
        assertThat(cli.rows("SELECT nspname FROM pg_namespace WHERE nspname IN ('alpha', 'beta')"))
                .containsExactly("beta");
        App.Result canary = cli.succeeds(FleetIT.fleet("info", targets, "--canary", "2"));
        assertThat(canary.err()).contains("==> 2 of 3 target(s) of the fleet are this run's (the first 2 as canaries)");
        assertThat(canary.out().lines().filter(line -> line.contains(" 0 OK "))).hasSize(2);
        assertThat(cli.fails(ExitStatus.CONFIG, FleetIT.fleet("migrate", targets, "--only", "alfa"))
                        .err())
                .contains("The fleet has no target alfa.", "Did you mean --only alpha?");
    }

    /** The first failures may be any; those that were not begun are named. */
    @Test
    void aWaveEndsAfterTooManyFailures() throws IOException {
        Path targets =
                targets("{name: alpha, schema: alpha}", "{name: beta, schema: beta}", "{name: gamma, schema: gamma}");
        database.execute("CREATE SCHEMA alpha; CREATE TABLE alpha.items (n int);"
                + " CREATE SCHEMA beta; CREATE TABLE beta.items (n int)");
        App.Result result =
                cli.fails(ExitStatus.HISTORY_INVALID, FleetIT.fleet("migrate", targets, "--max-failures", "2"));
        assertThat(result.err())
                .contains("2 of 3 target(s) did not end with 0: alpha (65 ", "beta (65 ", "Not begun: gamma.")
                .contains("0 done, 2 not, 1 not begun");
        assertThat(Cli.json(result.termination()).path("error").asText()).contains("alpha (65 ", "Not begun: gamma.");
    }

    /** More would fail here: the role may have two sessions, which is what one target needs. */
    @Test
    void perServerLimitsWhatIsAtWorkOnOne() throws IOException {
        Path targets = targets(IntStream.rangeClosed(1, 8)
                .mapToObj("{name: t%1$d, schema: t%1$d}"::formatted)
                .toArray(String[]::new));
        database.server().superuserExecute("ALTER ROLE %s CONNECTION LIMIT 2".formatted(database.user()));
        cli.succeeds(
                FleetIT.fleet("migrate", targets, "--parallel", "8", "--per-server", "1", "--connect-timeout", "1s"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--shards 4 | 78 | --shards needs --shard, or the variable JOB_COMPLETION_INDEX of an Indexed Job.",
                "--shards 4 --shard 4 | 64 | Shard 4 is none of 4 shards",
                "--shard 1 | 64 | --shard needs --shards.",
                "--shards 0 | 64 | --shards is a number from 1 to 999999.",
                "--only alpha --canary 1 | 64 | give one of them",
                "--targets-vault kv/x | 64 | The targets come from one of --targets, --targets-query, --targets-vault; 2 of them are given.",
                "--per-server 0 | 64 | --per-server is a number from 1 to 64.",
                "--max-failures x | 64 | Invalid value for option '--max-failures'",
            })
    void refusesOptionsThatCannotBeMeant(String options, int code, String message) throws IOException {
        App.Result refused = cli.app(
                        FleetIT.fleet("verify", targets("{name: alpha, schema: alpha}"), options.split(" ")))
                .run();
        assertThat(refused.exitCode()).as(refused.text()).isEqualTo(code);
        assertThat(refused.err()).contains(message);
    }

    private String[] query(String command, String sql, String... more) throws IOException {
        Path file = Files.writeString(temporary.resolve("targets.sql"), sql);
        return Stream.concat(Stream.of("fleet", command, "--targets-query", file.toString()), Stream.of(more))
                .toArray(String[]::new);
    }

    private String other() {
        return "{name: other, database: %s}".formatted(second.name());
    }

    private Path targets(String... targets) throws IOException {
        return Files.writeString(
                temporary.resolve("fleet.yaml"), "targets:\n  - " + String.join("\n  - ", targets) + "\n");
    }

    /** Of the same user. */
    private Postgres.Database secondDatabase() {
        String name = database.name() + "_second";
        database.server().superuserExecute("CREATE DATABASE %s OWNER %s".formatted(name, database.user()));
        return new Postgres.Database(database.server(), name, database.user(), database.password());
    }
}
