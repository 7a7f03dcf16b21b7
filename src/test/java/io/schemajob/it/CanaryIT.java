package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.App;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.Postgres;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One password with everything in it that breaks URLs, shells, JSON and SQL, by every way in, through runs that succeed
 * and runs that fail, with everything that can be printed. {@link App} looks for it in all of that and in the arguments
 * of the process.
 */
class CanaryIT {
    private static final String CANARY = "cänary@:/?#%&+ '\"\\ßé漢";

    @AutoClose
    private static OpenBao bao;

    @AutoClose
    private static AgentExecutorVault vault;

    private static Postgres.Database database;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        bao = OpenBao.start();
        vault = AgentExecutorVault.in(bao);
        Postgres.Database plain = Postgres.version(16).createDatabase();
        Postgres.version(16).createRole("canary", CANARY);
        plain.execute("GRANT ALL ON SCHEMA public TO canary");
        database = new Postgres.Database(plain.server(), plain.name(), "canary", CANARY);
        vault.store(database);
    }

    static List<String> ways() {
        return List.of("vault", "url", "PGPASSWORD", "PGPASSFILE");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void thePasswordWorksAndIsSeenNowhere(String way) throws Exception {
        Path bundle = bundle("");
        for (App.Result result : runs(way, bundle, "migrate", "info")) {
            assertThat(result.exitCode()).as(result.text()).isZero();
            assertNowhere(result);
        }
        for (App.Result failed : runs(way, bundle("SELECT 1/0;"), "migrate")) {
            assertThat(failed.exitCode()).as(failed.text()).isEqualTo(80);
            assertNowhere(failed);
        }
        for (App.Result wrong : runs(way + " that is wrong", bundle, "migrate")) {
            assertThat(wrong.exitCode()).as(wrong.text()).isEqualTo(77);
            assertNowhere(wrong);
        }
    }

    /** The harness looks for the password as it is; here also for what URLs, JSON and shells make of it. */
    private static void assertNowhere(App.Result result) {
        String everything = result.text() + result.termination() + result.report();
        Stream.of(
                        CANARY,
                        URLEncoder.encode(CANARY, StandardCharsets.UTF_8),
                        percentEncoded(CANARY),
                        CANARY.replace("\\", "\\\\").replace("\"", "\\\""),
                        CANARY.replace("'", "'\\''"),
                        "cänary",
                        "c%C3%A4nary",
                        "ßé漢")
                .forEach(form -> assertThat(everything).doesNotContain(form));
    }

    private List<App.Result> runs(String way, Path bundle, String... commands) throws Exception {
        Stream.Builder<App.Result> results = Stream.builder();
        for (String command : commands) {
            results.add(app(way, command, "--verbose", "--bundle", bundle.toString())
                    .run());
            results.add(app(
                            way,
                            command,
                            "--verbose",
                            "--log-format",
                            "json",
                            "--output",
                            "json",
                            "--bundle",
                            bundle.toString())
                    .run());
        }
        return results.build().toList();
    }

    private App app(String way, String... arguments) throws Exception {
        boolean right = !way.endsWith("wrong");
        String password = right ? CANARY : CANARY + "x";
        String address = "127.0.0.1:" + database.server().port() + "/" + database.name();
        App app = App.of(arguments)
                .secret(CANARY)
                .env("SCHEMAJOB_REPORT", folder.resolve("report.json").toString());
        switch (way.split(" ")[0]) {
            case "vault" -> {
                vault.store("127.0.0.1", database.server().port(), database.name(), "canary", password);
                return app.env(vault.environment());
            }
            case "url" -> {
                return app.env(
                        "DATABASE_URL",
                        "postgresql+asyncpg://canary:%s@%s".formatted(percentEncoded(password), address));
            }
            case "PGPASSWORD" -> {
                return app.database(database).env("PGPASSWORD", password);
            }
            default -> {
                Path file = folder.resolve("pgpass");
                Files.writeString(
                        file, "*:*:*:canary:" + password.replace("\\", "\\\\").replace(":", "\\:") + "\n");
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                return app.env("PGHOST", "127.0.0.1")
                        .env("PGPORT", String.valueOf(database.server().port()))
                        .env("PGDATABASE", database.name())
                        .env("PGUSER", "canary")
                        .env("PGPASSFILE", file.toString());
            }
        }
    }

    private static String percentEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Path bundle(String second) throws Exception {
        Path bundle = Files.createTempDirectory(folder, "bundle");
        Files.writeString(bundle.resolve("001_first.up.sql"), "SELECT 1;");
        if (!second.isEmpty()) {
            Files.writeString(bundle.resolve("002_second.up.sql"), second);
        }
        return bundle;
    }
}
