package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.schemajob.testing.App;
import io.schemajob.testing.DocBlock;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.PgVector;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.PostgresClient;
import io.schemajob.testing.Program;
import io.schemajob.testing.SchemajobCommand;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each command of ours in the pages, run as it stands there, on a database in which it means something. Blocks that need
 * a cluster, or that another test runs as a whole, are left to {@code DocBlocksTest}.
 */
class DocCommandsIT {
    private static final String JAR = "target/quarkus-app/quarkus-run.jar";
    private static final Pattern OURS =
            Pattern.compile("(?:schemajob|\\. |source |java -jar target/quarkus-app/quarkus-run\\.jar).*");
    private static final Pattern VERB = Pattern.compile("(?:schemajob|quarkus-run\\.jar) (\\S+)");
    private static final Pattern BUNDLE = Pattern.compile("--bundle (\\S+)");

    /** What only makes sense where everything is applied. */
    private static final Set<String> LATER = Set.of(
            "info",
            "history",
            "current",
            "verify",
            "diff",
            "usage",
            "snapshot",
            "credentials",
            "rollback",
            "down",
            "goto",
            "new",
            "revision",
            "adopt",
            "maintain",
            "wait");

    /** What may tell, with 85, that there is something to tell. */
    private static final Set<String> TELLING = Set.of("lint", "plan", "check");

    /** Two declarations that differ end with 82. */
    private static final String DECLARATIONS = "diff --from schema/001.yaml";

    @TempDir
    Path folder;

    /** A line of a page. */
    record Line(Path document, String text) {
        String verb() {
            Matcher verb = VERB.matcher(text);
            return verb.find() ? verb.group(1) : "credentials";
        }

        String bundle() {
            Matcher named = BUNDLE.matcher(text);
            if (named.find()) {
                return named.group(1);
            } else if (text.contains("checkpoint")) {
                return "agent-executor";
            }
            return switch (verb()) {
                case "maintain" -> "minion";
                case "import", "export" -> "agent-platform";
                default -> "./shop";
            };
        }

        @Override
        public String toString() {
            return document + ": " + text;
        }
    }

    static List<Line> lines() {
        List<Line> lines = DocBlock.all("README.md").stream()
                .filter(block -> block.fence().isEmpty())
                .flatMap(block -> block.text().lines().map(line -> new Line(block.document(), line)))
                .filter(line -> OURS.matcher(line.text()).matches())
                .toList();
        assertThat(lines).hasSizeGreaterThan(40);
        return lines;
    }

    @ParameterizedTest
    @MethodSource("lines")
    void works(Line line) throws IOException {
        assumeTrue(
                !line.text().contains(JAR) || Files.exists(Path.of(JAR)),
                "the line starts the jar, and only the native executable was built");
        Postgres.Database database = database(line);
        layOut();
        prepare(line, database);
        Program.Result result;
        try (OpenBao bao = line.text().contains("--targets-vault") ? OpenBao.start() : null) {
            result = shell(
                    line,
                    database,
                    line.text().replace("/vault/secrets", folder.toString()),
                    bao == null ? Map.of() : tenants(bao, database));
        }
        if (TELLING.contains(line.verb())) {
            assertThat(result.exitCode()).as(result.text()).isIn(0, 85);
        } else {
            int expected = line.text().contains(DECLARATIONS) ? 82 : 0;
            assertThat(result.exitCode()).as(result.text()).isEqualTo(expected);
        }
        assertThat(result.text()).doesNotContain(database.password());
    }

    /** A secret for a tenant; the variables that lead there. */
    private static Map<String, String> tenants(OpenBao bao, Postgres.Database database) {
        bao.api().mountKv("kv", 2);
        bao.api()
                .putSecret(
                        "kv",
                        "tenants/acme",
                        Map.of(
                                "host", database.server().host(),
                                "port", String.valueOf(database.server().port()),
                                "database", database.name(),
                                "username", database.user(),
                                "password", database.password()));
        return Map.of(
                "VAULT_ADDR", bao.address().toString(),
                "SCHEMAJOB_VAULT_AUTH", "token",
                "VAULT_TOKEN", bao.api().token());
    }

    /** Creating pgvector takes a superuser. */
    private static Postgres.Database database(Line line) {
        if (!line.bundle().equals("minion")) {
            return Postgres.version(17).createDatabase();
        }
        PgVector.install(16);
        Postgres.Database database = Postgres.version(16).createDatabase();
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("CREATE EXTENSION vector");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return database;
    }

    /** The files that the lines name. */
    private void layOut() throws IOException {
        ScriptFolder shop = Shop.golangMigrate();
        Files.createSymbolicLink(folder.resolve("shop"), shop.path().toAbsolutePath());
        Files.createSymbolicLink(folder.resolve("target"), Path.of("target").toAbsolutePath());
        Files.copy(SqliteFile.phase1(2, 5).path(), folder.resolve("agents.db"));
        Files.copy(
                SqliteFile.of("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
                        .path(),
                folder.resolve("shop.db"));
        Files.writeString(
                folder.resolve("fleet.yaml"), "targets:\n  - {name: a, schema: alpha}\n  - {name: b, schema: beta}\n");
        Files.writeString(folder.resolve("tenants.sql"), "SELECT 'a' AS name, 'alpha' AS schema\n");
        Files.copy(shop.path().resolve("schema.yaml"), folder.resolve("old.yaml"));
        Files.createDirectory(folder.resolve("schema"));
        Files.copy(shop.path().resolve("schema/001.yaml"), folder.resolve("schema/001.yaml"));
        Files.createDirectories(folder.resolve(".config/fish/completions"));
    }

    private void prepare(Line line, Postgres.Database database) {
        if (line.text().contains("origin/main")) {
            succeeds(
                    line,
                    database,
                    "for folder in . shop; do (cd $folder; git init -q .; git add -A; git -c user.name=t -c user.email=t@example.org"
                            + " commit -q --allow-empty -m start; git update-ref refs/remotes/origin/main HEAD); done");
        }
        if (LATER.contains(line.verb()) || line.text().contains("--suggest")) {
            prepares(line, database, "migrate");
        }
        if (line.text().startsWith(". ")) {
            succeeds(line, database, "schemajob credentials --file pg_env.sh");
        }
        if (line.text().contains("--autogenerate")) {
            database.execute("DROP INDEX orders_item");
        }
        switch (line.verb()) {
            case "check" -> database.server().superuserExecute("ALTER ROLE " + database.user() + " CREATEDB");
            case "adopt" -> database.execute("DROP TABLE flyway_schema_history");
            case "export" ->
                prepares(line, database, "import", "sqlite", file("agents.db"), "--id-map", file("ids.csv"));
            case "fleet" -> {
                if (!line.text().contains("migrate")) {
                    prepares(line, database, "fleet", "migrate", "--targets", file("fleet.yaml"));
                }
            }
            default -> {}
        }
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    /** What has to be there before the line is run, in the JVM of the test: only the line itself is tried. */
    private void prepares(Line line, Postgres.Database database, String... arguments) {
        String bundle = line.bundle();
        App.Result result = App.command(arguments)
                .database(database)
                .env("SCHEMAJOB_BUNDLE", bundle.startsWith("./") ? file(bundle.substring(2)) : bundle)
                .run();
        assertThat(result.exitCode()).as(result.text()).isZero();
    }

    private void succeeds(Line line, Postgres.Database database, String command) {
        Program.Result result = shell(line, database, command, Map.of());
        assertThat(result.exitCode()).as(command + "\n" + result.text()).isZero();
    }

    private Program.Result shell(Line line, Postgres.Database database, String command, Map<String, String> variables) {
        Path java = Path.of(System.getProperty("java.home"), "bin");
        return Program.of("/bin/bash", "-euc", command)
                .env(PostgresClient.environment(database))
                .env(
                        "PATH",
                        SchemajobCommand.in(folder.resolve("bin")) + ":" + java + ":" + PostgresClient.bin(16)
                                + ":/usr/bin:/bin")
                .env("HOME", folder.toString())
                .env("SCHEMAJOB_BUNDLE", line.bundle())
                .env(variables)
                .in(folder)
                .run();
    }
}
