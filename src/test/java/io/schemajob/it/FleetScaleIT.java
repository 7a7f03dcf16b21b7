package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.database.lock.LockKeys;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large fleet: a thousand schemas on one server, and databases on two; a few are broken, and a run may be killed. */
class FleetScaleIT {
    private static final int SCHEMAS = 1000;

    private static final ScriptFolder FOLDER = ScriptFolder.create()
            .with("migrations/001_items.up.sql", "CREATE TABLE items (id int PRIMARY KEY);\n")
            .with("migrations/002_name.up.sql", "ALTER TABLE items ADD COLUMN name text;\n")
            .with(
                    "schema.yaml",
                    """
                    tables:
                      items:
                        columns:
                          id: {type: integer, nullable: false}
                          name: {type: text}
                        primary_key: [id]
                    """);

    /** Of all targets: schemas with a history, rows in them, rows that are no success. */
    private static final String HISTORIES =
            """
            SELECT count(*), sum(n), sum(bad)
            FROM (SELECT (xpath('/row/n/text()', x))[1]::text::int AS n, (xpath('/row/bad/text()', x))[1]::text::int AS bad
                  FROM (SELECT query_to_xml(format('SELECT count(*) AS n, count(*) FILTER (WHERE NOT success) AS bad'
                                                       ' FROM %I.flyway_schema_history', nspname), false, true, '') AS x
                        FROM pg_namespace WHERE CASE WHEN nspname ~ '^t[0-9]+$' AND has_schema_privilege(oid, 'USAGE')
                                                  THEN to_regclass(nspname || '.flyway_schema_history') IS NOT NULL END) h) rows
            """;

    @TempDir
    Path temporary;

    /** Each kind of trouble keeps to its target, which the last lines name; the second run does what the first could not. */
    @Test
    void aThousandSchemasOfWhichFiveAreBroken() throws Exception {
        Postgres.Database database = Postgres.version(16).createDatabase();
        Cli cli = Cli.of(FOLDER, database);
        Path targets = schemas(SCHEMAS);
        cli.succeeds("fleet", "migrate", "--targets", targets.toString(), "--only", "t500");
        database.execute(
                """
                ALTER TABLE t500.items DROP COLUMN name;
                CREATE SCHEMA t700; CREATE TABLE t700.flyway_schema_history (installed_rank int PRIMARY KEY,
                    version varchar(50), description varchar(200), type varchar(20), script varchar(1000), checksum int,
                    installed_by varchar(100), installed_on timestamp DEFAULT now(), execution_time int, success boolean);
                INSERT INTO t700.flyway_schema_history VALUES (1, '001', 'items', 'SQL', '001_items.up.sql', 4711, 'x', now(), 1, true);
                CREATE SCHEMA t800;
                """);
        asSuperuser(
                database,
                "CREATE SCHEMA t600; CREATE TABLE t600.own (n int); REVOKE ALL ON SCHEMA t600 FROM PUBLIC;"
                        + " CREATE SCHEMA t900; GRANT ALL ON SCHEMA t900 TO PUBLIC;"
                        + " CREATE FUNCTION public.refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE object_identity = 't900.items')"
                        + " THEN RAISE 'the table items is not wanted' USING ERRCODE = 'P0001'; END IF; END $$;"
                        + " CREATE EVENT TRIGGER refuse ON ddl_command_end WHEN TAG IN ('CREATE TABLE')"
                        + " EXECUTE FUNCTION public.refuse()");
        String[] line = {
            "fleet", "migrate", "--targets", targets.toString(), "--parallel", "4", "--lock-wait", "1s", "--quiet"
        };
        App.Result first;
        try (Connection holder = database.connect()) {
            holdJobLock(holder, database.name(), "t800");
            first = cli.app(line).asProcess().run();
        }
        assertThat(first.exitCode()).as(last(first)).isEqualTo(ExitStatus.VERIFICATION_FAILED.code());
        String error = Cli.json(first.termination()).path("error").asText();
        for (String named : List.of(
                "t500 (82 VERIFICATION_FAILED: ",
                "t600 (77 ACCESS_DENIED: ",
                "t700 (65 HISTORY_INVALID: ",
                "t800 (75 TRY_AGAIN: ",
                "t900 (")) {
            assertThat(error).contains(named);
            assertThat(last(first)).contains(named);
        }
        assertThat(error).startsWith("5 of 1000 target(s) did not end with 0: ");
        assertThat(cli.rows(HISTORIES))
                .as("schemas with a history, scripts, failed ones")
                .containsExactly("998 1993 0");

        asSuperuser(
                database,
                "DROP EVENT TRIGGER refuse; DROP SCHEMA t600, t700, t900 CASCADE;"
                        + " ALTER TABLE t500.items ADD COLUMN name text");
        App.Result second = Cli.succeeded(cli.app(line).asProcess().run());
        JsonNode result = Cli.json(second.termination());
        assertThat(result.path("applied").asInt())
                .as("scripts of four targets; the fifth had drifted")
                .isEqualTo(8);
        assertThat(cli.rows(HISTORIES)).containsExactly("1000 2000 0");
    }

    /** By a secret each, as a wrong password has to be one target's. */
    @Test
    void twentyDatabasesOnTwoServers() throws Exception {
        List<Postgres.Database> databases = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            databases.add(Postgres.version(i % 2 == 0 ? 16 : 18).createDatabase());
        }
        try (OpenBao bao = OpenBao.start()) {
            bao.api().mountKv("kv", 2);
            for (int i = 0; i < databases.size(); i++) {
                secret(
                        bao,
                        i,
                        databases.get(i),
                        i == 7 ? "not the password" : databases.get(i).password());
            }
            App.Result first = vault(bao).run();
            assertThat(first.exitCode()).as(last(first)).isEqualTo(ExitStatus.ACCESS_DENIED.code());
            assertThat(Cli.json(first.termination()).path("error").asText())
                    .startsWith("1 of 20 target(s) did not end with 0: s07 (77 ACCESS_DENIED: ");
            assertThat(Cli.json(first.termination()).path("applied").asInt()).isEqualTo(38);
            secret(bao, 7, databases.get(7), databases.get(7).password());
            App.Result second = Cli.succeeded(vault(bao).run());
            assertThat(Cli.json(second.termination()).path("applied").asInt()).isEqualTo(2);
            for (Postgres.Database database : databases) {
                assertThat(Cli.of(FOLDER, database).applied()).containsExactly("001", "002");
            }
        }
    }

    /** At random instants, again and again; in the end each script was run once in each target. */
    @Test
    void killedAtAnyTimeTheNextRunCompletes() throws Exception {
        Postgres.Database database = Postgres.version(16).createDatabase();
        Cli cli = Cli.of(FOLDER, database);
        Path targets = schemas(60);
        Random random = new Random(17);
        for (int kill = 0; kill < 5; kill++) {
            App.Running run = cli.app("fleet", "migrate", "--targets", targets.toString(), "--parallel", "3")
                    .start();
            if (run.process().waitFor(300 + random.nextInt(2500), TimeUnit.MILLISECONDS)) {
                break;
            }
            run.kill().await();
        }
        Cli.succeeded(cli.app("fleet", "migrate", "--targets", targets.toString(), "--parallel", "3")
                .run());
        assertThat(cli.rows(HISTORIES)).containsExactly("60 120 0");
        cli.succeeds("fleet", "verify", "--targets", targets.toString(), "--parallel", "3");
    }

    private App vault(OpenBao bao) {
        return App.command(
                        "fleet",
                        "migrate",
                        "--bundle",
                        FOLDER.path().toString(),
                        "--targets-vault",
                        "kv/tenants",
                        "--parallel",
                        "4")
                .env("VAULT_ADDR", bao.address().toString())
                .env("SCHEMAJOB_VAULT_AUTH", "token")
                .env("VAULT_TOKEN", bao.api().token());
    }

    private static void secret(OpenBao bao, int number, Postgres.Database database, String password) {
        bao.api()
                .putSecret(
                        "kv",
                        "tenants/s%02d".formatted(number),
                        Map.of(
                                "host",
                                database.server().host(),
                                "port",
                                String.valueOf(database.server().port()),
                                "database",
                                database.name(),
                                "username",
                                database.user(),
                                "password",
                                password));
    }

    private Path schemas(int count) throws IOException {
        return Files.writeString(
                temporary.resolve("fleet.yaml"),
                IntStream.rangeClosed(1, count)
                        .mapToObj("  - {name: t%1$d, schema: t%1$d}"::formatted)
                        .collect(Collectors.joining("\n", "targets:\n", "\n")));
    }

    /** As a run holds it that works there. */
    private static void holdJobLock(Connection holder, String database, String schema) throws SQLException {
        long key = LockKeys.of(database, schema).job();
        try (Statement statement = holder.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + key + ")");
        }
    }

    private static void asSuperuser(Postgres.Database database, String sql) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String last(App.Result result) {
        String text = result.text();
        return text.substring(Math.max(0, text.length() - 4000));
    }
}
