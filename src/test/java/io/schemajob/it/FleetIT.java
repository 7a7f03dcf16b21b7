package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One command for many schemas and databases: each is a run of its own, and one that is damaged stands alone. */
class FleetIT {
    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final Postgres.Database second = secondDatabase();
    private final ScriptFolder folder = Shop.golangMigrate();
    private final Cli cli = Cli.of(folder, database);

    @TempDir
    Path temporary;

    @Test
    void eachTargetIsARunOfItsOwn() throws IOException {
        Path targets = targets("{name: alpha, schema: alpha}", "{name: beta, schema: beta}", other());
        database.execute("CREATE SCHEMA beta; CREATE TABLE beta.items (n int)");

        App.Result before = App.of(fleet("info", targets, "--exit-code", "--bundle", cli.bundle()))
                .env("DATABASE_URL", database.url())
                .secret(database.password())
                .run();
        Cli.failed(ExitStatus.FINDINGS, before);
        assertThat(before.err())
                .contains("3 of 3 target(s) answered; something was found at 3 of them: alpha, beta, other.")
                .contains("[alpha] ==> 3 migration(s) are pending.")
                .doesNotContain("[alpha] ERROR", "did not end with 0")
                .contains("[alpha]     Database: " + database.name() + "\n")
                .contains("[other]     Database: " + second.name() + "\n");
        assertThat(before.out()).containsPattern("alpha +85 FINDINGS +none +3 +0 ");

        Path report = temporary.resolve("report.json");
        App.Result broken = Cli.failed(
                ExitStatus.HISTORY_INVALID,
                cli.app(fleet("migrate", targets, "002"))
                        .env("SCHEMAJOB_REPORT", report.toString())
                        .run());
        assertThat(broken.err())
                .contains(
                        "1 of 3 target(s) did not end with 0: beta (65 HISTORY_INVALID: Tables of bundle shop exist (items)");
        assertThat(broken.out())
                .contains("[alpha] ==> Migration 002 applied successfully")
                .contains("[beta] ERROR 65 HISTORY_INVALID: Tables of bundle shop exist (items)")
                .contains("[beta]   next:     schemajob adopt")
                .contains("[other]     Database: " + second.name())
                .contains("[other] ==> All 2 tables verified successfully")
                .containsPattern("alpha +0 OK +002 +2 +0 ")
                .containsPattern("beta +65 HISTORY_INVALID +0 ");
        assertReport(Cli.json(broken.report()));
        assertThat(Cli.json(broken.termination()).path("applied").asInt()).isEqualTo(4);
        assertThat(applied(database, "alpha")).containsExactly("001", "002");
        assertThat(cli.rows("SELECT to_regclass('beta.flyway_schema_history') IS NULL"))
                .containsExactly("t");

        // Two of them build an index concurrently in one database.
        database.execute("DROP TABLE beta.items");
        App.Result all = cli.succeeds(fleet("migrate", targets, "--parallel", "3"));
        assertThat(all.out()).containsPattern("beta +0 OK +003 +3 +0 ");
        for (String schema : List.of("alpha", "beta")) {
            assertThat(applied(database, schema)).containsExactly("001", "002", "003");
        }
        assertThat(applied(second, "public")).containsExactly("001", "002", "003");

        database.execute("DROP INDEX alpha.orders_item");
        App.Result drift = cli.app(fleet("verify", targets, "--log-format", "json", "--parallel", "2"))
                .run();
        assertThat(drift.exitCode()).as(drift.text()).isEqualTo(ExitStatus.VERIFICATION_FAILED.code());
        assertThat(drift.out().lines().map(Cli::json))
                .anySatisfy(line -> {
                    assertThat(line.path("target").asText()).isEqualTo("alpha");
                    assertThat(line.path("exitCode").asInt()).isEqualTo(82);
                })
                .anySatisfy(line -> assertThat(line.path("message").asText()).matches("alpha +82 .* 1 .*"))
                .noneSatisfy(line -> {
                    assertThat(line.path("target").asText()).isIn("beta", "other");
                    assertThat(line.path("event").asText()).isEqualTo("failure");
                });
        assertThat(Cli.json(drift.termination()).path("drift").asInt()).isEqualTo(1);
    }

    private void assertReport(JsonNode report) {
        assertThat(report.path("command").asText()).isEqualTo("fleet migrate");
        assertThat(report.path("exitCode").asInt()).isEqualTo(65);
        assertThat(report.path("verified").isNull()).as("beta was not verified").isTrue();
        assertThat(report.path("scripts").path(0).asText()).isEqualTo("alpha: 001_items.up.sql");
        JsonNode targets = report.path("details").path("targets");
        assertThat(targets.findValuesAsText("name")).containsExactly("alpha", "beta", "other");
        assertThat(targets.findValuesAsText("exitCode")).containsExactly("0", "65", "0");
        assertThat(targets.path(0).path("toVersion").asText()).isEqualTo("002");
        assertThat(targets.path(0).path("verified").asBoolean()).isTrue();
        assertThat(targets.path(1).path("hint").asText()).contains("schemajob adopt");
        assertThat(targets.path(2).path("database").asText()).isEqualTo(second.name());
    }

    /** In one database, each with an index that is built concurrently. */
    @Test
    void manyTargetsAtOnceDoNotDisturbEachOther() throws IOException {
        List<String> schemas =
                IntStream.rangeClosed(1, 12).mapToObj(n -> "tenant_" + n).toList();
        Path targets = targets(schemas.stream()
                .map(schema -> "{name: %1$s, schema: %1$s}".formatted(schema))
                .toArray(String[]::new));
        App.Result result = cli.succeeds(fleet("migrate", targets, "--parallel", "12", "--output", "json"));
        JsonNode entries = Cli.json(result.out()).path("details").path("targets");
        assertThat(entries.findValuesAsText("name")).isEqualTo(schemas);
        assertThat(entries.findValuesAsText("toVersion")).hasSize(12).containsOnly("003");
        assertThat(schemas)
                .allSatisfy(schema -> assertThat(applied(database, schema)).containsExactly("001", "002", "003"));
    }

    @Test
    void failFastBeginsNoFurtherTarget() throws IOException {
        Path targets = targets("{name: alpha, schema: alpha}", "{name: beta, schema: beta}", other());
        database.execute("CREATE SCHEMA alpha; CREATE TABLE alpha.items (n int)");
        App.Result result = Cli.failed(
                ExitStatus.HISTORY_INVALID,
                cli.app(fleet("migrate", targets, "--fail-fast")).run());
        assertThat(result.err()).contains("0 done, 1 not, 2 not begun");
        assertThat(result.out())
                .containsPattern("(?m)^beta +not begun$")
                .containsPattern("(?m)^other +not begun$")
                .doesNotContain("[beta]", "[other]");
    }

    @Test
    void aStopEndsTheTargetAtWorkAndBeginsNoOther() throws IOException {
        ScriptFolder sleeping = ScriptFolder.create()
                .with("001_first.up.sql", "CREATE TABLE first (n int);")
                .with("002_sleep.up.sql", "CREATE TABLE second (n int); SELECT pg_sleep(60);");
        Path targets = targets("{name: alpha, schema: alpha}", other());
        try (OtherSession eye = OtherSession.of(database)) {
            App.Running run =
                    Cli.of(sleeping, database).app(fleet("migrate", targets)).start();
            eye.await("SELECT count(*) = 1 FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND wait_event = 'PgSleep'");
            App.Result result =
                    Cli.failed(ExitStatus.TERMINATED, run.terminate().await());
            assertThat(result.out()).containsPattern("(?m)^other +not begun$");
            assertThat(Cli.json(result.termination()).path("error").asText())
                    .contains(
                            "SIGTERM",
                            "1 of 2 target(s) did not end with 0: alpha (143 TERMINATED",
                            "Not begun: other.");
            assertThat(result.err() + result.out())
                    .contains("Each target stands for itself: 0 done, 1 not, 1 not begun.")
                    .doesNotContain("no session was opened");
            assertThat(eye.rows("SELECT version FROM alpha.flyway_schema_history"))
                    .containsExactly("001");
        }
    }

    /** It must not look like a target that is as declared. */
    @Test
    void aTargetThatIsBehindIsToldAsNotCompared() throws IOException {
        ScriptFolder folder = ScriptFolder.create()
                .with("migrations/001_first.up.sql", "CREATE TABLE first (n int);")
                .with("migrations/002_second.up.sql", "CREATE TABLE second (n int);")
                .with(
                        "schema.yaml",
                        "tables: {first: {columns: {n: {type: integer}}}, second: {columns: {n: {type: integer}}}}");
        Path targets = targets("{name: alpha, schema: alpha}", "{name: beta, schema: beta}");
        Cli cli = Cli.of(folder, database);
        cli.succeeds(fleet("migrate", targets));
        database.execute("DROP TABLE beta.second; DELETE FROM beta.flyway_schema_history WHERE version = '002'");
        App.Result result = cli.succeeds(fleet("verify", targets));
        assertThat(result.out())
                .containsPattern("(?m)^alpha +0 OK +002 +002 +0 +0 ")
                .containsPattern("(?m)^beta +0 OK +001 +001 +0 +not compared ")
                .contains(
                        "1 of 2 target(s) are at a version for which nothing is declared, and were not compared: beta.");
    }

    /** Nothing is contacted before the whole file is understood. */
    @Test
    void saysWhereTheFileIsWrong() throws IOException {
        Path targets = targets("{name: alpha, schema: alpha}", "{name: beta, shema: beta}");
        App.Result wrong = cli.fails(ExitStatus.CONFIG, fleet("migrate", targets));
        assertThat(wrong.err()).contains(targets + ":3:18: unknown key targets[1].shema (did you mean schema?)");
        assertThat(cli.rows("SELECT to_regnamespace('alpha') IS NULL")).containsExactly("t");
        assertThat(cli.fails(ExitStatus.USAGE, fleet("migrate", targets, "--parallel", "0"))
                        .err())
                .contains("--parallel is a number from 1 to 64");
        assertThat(cli.fails(ExitStatus.USAGE, "fleet", "verify").err()).contains("--targets");
    }

    /** What anything leaves in the session that looks, such as an event trigger, the next target does not find. */
    @Test
    void targetsTakeTurnsInOneCleanSession() throws Exception {
        eachSchemaIsSeen(
                """
                IF to_regclass('pg_temp.left_over') IS NOT NULL THEN
                    RAISE EXCEPTION 'this session is not clean';
                END IF;
                PERFORM set_config('work_mem', '64kB', false), set_config('lock_timeout', '7s', false),
                    set_config('search_path', 'nowhere', false), set_config('application_name', 'x', false),
                    pg_advisory_lock(4711);
                CREATE TEMP TABLE left_over (n int);
                """);
        cli.succeeds(fleet("migrate", fiveSchemas()));
        assertThat(seen())
                .as("targets, sessions, search paths, settings, numbers of locks")
                .isEqualTo("5 1 5 1 1");
    }

    /** What a script stores for new sessions counts for the next target, as it would in a run of its own. */
    @Test
    void aStoredSettingEndsTheSessionsThatAreKept() throws Exception {
        eachSchemaIsSeen("");
        ScriptFolder storing = ScriptFolder.create()
                .with(
                        "001_store.up.sql",
                        "CREATE TABLE items (n int);"
                                + " DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = %L', current_database(),"
                                + " substring(current_setting('work_mem') from '[0-9]+')::int * 2 || 'MB'); END $$;");
        Cli.of(storing, database).succeeds(fleet("migrate", fiveSchemas()));
        assertThat(seen())
                .as("targets, sessions, search paths, settings, numbers of locks")
                .isEqualTo("5 5 5 1 1");
        assertThat(cli.rows("SELECT current_setting('work_mem')")).containsExactly("128MB");
    }

    /** Notes the state of the session that looks when it creates the schema of a target, and then runs statements in it. */
    private void eachSchemaIsSeen(String statements) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(
                    """
                    CREATE TABLE public.seen (pid int, path text, settings text, locks bigint);
                    GRANT ALL ON public.seen TO PUBLIC;
                    CREATE FUNCTION public.look() RETURNS event_trigger LANGUAGE plpgsql AS $$
                    BEGIN
                        INSERT INTO public.seen SELECT pg_backend_pid(), current_setting('search_path'),
                            (SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings
                              WHERE source = 'session' AND name <> 'search_path'),
                            (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid());
                        %s
                    END $$;
                    CREATE EVENT TRIGGER look ON ddl_command_end WHEN TAG IN ('CREATE SCHEMA') EXECUTE FUNCTION public.look();
                    """
                            .formatted(statements));
        }
    }

    private String seen() {
        return cli.rows("SELECT count(*), count(DISTINCT pid), count(DISTINCT path), count(DISTINCT settings),"
                        + " count(DISTINCT locks) FROM public.seen")
                .get(0);
    }

    private Path fiveSchemas() throws IOException {
        return targets(IntStream.rangeClosed(1, 5)
                .mapToObj("{name: t%1$d, schema: t%1$d}"::formatted)
                .toArray(String[]::new));
    }

    private String other() {
        return "{name: other, database: %s}".formatted(second.name());
    }

    private Path targets(String... targets) throws IOException {
        return Files.writeString(
                temporary.resolve("fleet.yaml"), "targets:\n  - " + String.join("\n  - ", targets) + "\n");
    }

    static String[] fleet(String command, Path targets, String... more) {
        String[] line = new String[4 + more.length];
        System.arraycopy(new String[] {"fleet", command, "--targets", targets.toString()}, 0, line, 0, 4);
        System.arraycopy(more, 0, line, 4, more.length);
        return line;
    }

    static List<String> applied(Postgres.Database database, String schema) {
        try (OtherSession session = OtherSession.of(database)) {
            return session.rows(
                    "SELECT version FROM %s.flyway_schema_history ORDER BY installed_rank".formatted(schema));
        }
    }

    /** Of the same user. */
    private Postgres.Database secondDatabase() {
        String name = database.name() + "_second";
        database.server().superuserExecute("CREATE DATABASE %s OWNER %s".formatted(name, database.user()));
        return new Postgres.Database(database.server(), name, database.user(), database.password());
    }
}
