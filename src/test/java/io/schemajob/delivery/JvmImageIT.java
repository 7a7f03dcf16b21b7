package io.schemajob.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.DocBlock;
import io.schemajob.testing.Parts;
import io.schemajob.testing.Podman;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.PostgresClient;
import io.schemajob.testing.Program;
import io.schemajob.testing.Rows;
import io.schemajob.testing.TemporaryFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image that {@code Dockerfile.jvm} builds, run as a restricted pod runs it, against a real server on the loopback
 * interface.
 */
class JvmImageIT {
    private static final String BASE =
            "localhost/schemajob-test-java:" + ProcessHandle.current().pid();
    private static final String IMAGE =
            "localhost/schemajob-test-jvm:" + ProcessHandle.current().pid();

    private static final String RELEASED = "ghcr.io/schemajob/schemajob:0.1.0";

    @TempDir
    Path folder;

    @BeforeAll
    static void build() {
        if (!Files.exists(Path.of("target/quarkus-app/quarkus-run.jar"))) {
            throw Parts.missing("target/quarkus-app (made by mvn package, but not with -Dnative)");
        }
        Podman.javaBase(BASE);
        Program.Result built = Podman.build(
                "src/main/docker/Dockerfile.jvm",
                IMAGE,
                "--build-arg=BASE_IMAGE=" + BASE,
                "--build-arg=VERSION=1.2.3",
                "--build-arg=REVISION=abc");
        assertThat(built.exitCode()).as(built.text()).isZero();
    }

    @AfterAll
    static void remove() {
        Podman.remove(IMAGE, BASE);
    }

    @Test
    void migratesReadOnlyAsNobodyInParticular() throws Exception {
        Postgres.Database database = Postgres.version(16).createDatabase();
        Map<String, String> environment = new HashMap<>(PostgresClient.environment(database));
        environment.put("SCHEMAJOB_BUNDLE", "agent-executor");
        Path message = Files.createFile(folder.resolve("termination-log"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(message, PosixFilePermissions.fromString("rw-rw-rw-"));
        List<String> mounted = List.of("--volume=" + message + ":/dev/termination-log");

        Program.Result first = Podman.run(environment, mounted, IMAGE);
        assertThat(first.exitCode()).as(first.text()).isZero();
        assertThat(first.text()).contains("Migration 001 applied successfully").doesNotContain(database.password());
        assertThat(Files.readString(message)).contains("\"exitCode\":0", "\"toVersion\":\"001\"");

        Program.Result again = Podman.run(environment, mounted, IMAGE, "verify");
        assertThat(again.exitCode()).as(again.text()).isZero();
    }

    /** The steps of the docs: a bundle in an image on top of ours. */
    @Test
    void holdsTheUsersOwnSql() throws Exception {
        String page = Files.readString(Path.of("docs/images.md"));
        Matcher dockerfile = Pattern.compile("(?ms)^```dockerfile\\n(.*?)^```$").matcher(page);
        assertThat(dockerfile.find()).isTrue();
        assertThat(Files.readString(Path.of("README.md")))
                .as("the README has the same lines")
                .contains(dockerfile.group(1).stripTrailing().replace("\n", "\n   "));
        Files.writeString(folder.resolve("Dockerfile"), onOurs(dockerfile.group(1)));
        Path scripts = Files.createDirectories(folder.resolve("orders/migrations"));
        Files.writeString(scripts.resolve("001_create_orders.up.sql"), "CREATE TABLE orders (id bigint PRIMARY KEY);");
        Files.writeString(scripts.resolve("001_create_orders.down.sql"), "DROP TABLE orders;");

        String own = local("orders");
        String output = succeeds(
                folder,
                DocBlock.text("docs/images.md", JvmImageIT.class, "own_sql")
                        .replace("registry.example.com/orders-schema:1.4.0", own),
                Map.of());
        Podman.remove(own);
        assertThat(output).contains("orders");
    }

    /** The commands of the page, on the image under the name that a release gives it. */
    @Test
    void runsAndTravelsAsThePageSays() throws Exception {
        String inside = "localhost/registry.internal/schemajob:0.1.0";
        Postgres.Database database = Postgres.version(16).createDatabase();
        String run = DocBlock.text("docs/images.md", JvmImageIT.class, "run").replace(RELEASED, IMAGE);
        assertThat(succeeds(folder, run, PostgresClient.environment(database)))
                .contains("agent-executor", "Migration 001 applied successfully");
        String carried = DocBlock.text("docs/images.md", JvmImageIT.class, "air_gapped")
                .replace(RELEASED, IMAGE)
                .replace("registry.internal/schemajob:0.1.0", inside);
        succeeds(folder, carried, Map.of());
        assertThat(folder.resolve("schemajob.tar")).isNotEmptyFile();
        assertThat(Podman.inspect(inside, "{{.User}}")).isEqualTo("65532:65532");
        Podman.remove(inside);
    }

    /** Five bundles in one image, and two of them in schemas of one database. */
    @Test
    void holdsTheBundlesOfTheExample() throws Exception {
        Path example = Path.of("examples/own-image");
        String own = local("shop");
        Files.writeString(folder.resolve("Dockerfile"), onOurs(Files.readString(example.resolve("Dockerfile"))));
        TemporaryFolders.copy(example.resolve("bundles"), folder.resolve("bundles"));
        Postgres.Database database = Postgres.version(16).createDatabase();
        String page = "examples/own-image/README.md";
        String tag = "registry.example.com/shop-schemas:1.4.0";
        succeeds(folder, DocBlock.text(page, JvmImageIT.class, "five_bundles").replace(tag, own), Map.of());
        String two = DocBlock.text(page, JvmImageIT.class, "two_schemas").replace(tag, own);
        succeeds(folder, two, PostgresClient.environment(database));
        succeeds(folder, two, PostgresClient.environment(database));
        Podman.remove(own);
        assertThat(
                        Rows.of(
                                database,
                                "SELECT schemaname, tablename FROM pg_tables WHERE tablename IN ('orders', 'stock') ORDER BY 1"))
                .containsExactly(List.of("orders", "orders"), List.of("stock", "stock"));
    }

    private static String onOurs(String dockerfile) {
        assertThat(dockerfile).contains("FROM " + RELEASED + "\n");
        return dockerfile.replace("FROM " + RELEASED, "FROM " + IMAGE);
    }

    private static String local(String name) {
        return "localhost/schemajob-test-" + name + ":"
                + ProcessHandle.current().pid();
    }

    /** Runs commands for docker in a folder. */
    private String succeeds(Path in, String commands, Map<String, String> environment) throws IOException {
        Program.Result result = Program.of("/bin/bash", "-euc", commands)
                .env(Podman.environment())
                .env(environment)
                .env("PATH", Podman.asDocker(folder.resolve("bin")) + ":/usr/sbin:/usr/bin:/sbin:/bin")
                .in(in)
                .run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        return result.text();
    }

    @Test
    void saysWhatItIsAndStartsFromItsArchive() {
        assertThat(Podman.inspect(IMAGE, "{{.User}}")).isEqualTo("65532:65532");
        assertThat(Podman.inspect(IMAGE, "{{index .Labels \"org.opencontainers.image.version\"}}"))
                .isEqualTo("1.2.3");
        // With -Xshare:on a Java that cannot use the archive does not start.
        Program.Result started = Podman.run(
                Map.of(),
                List.of("--entrypoint=java"),
                IMAGE,
                "-Xshare:on",
                "-XX:SharedArchiveFile=/app/schemajob.jsa",
                "-XX:+UseSerialGC",
                "-jar",
                "/app/quarkus-run.jar",
                "bundles");
        assertThat(started.exitCode()).as(started.text()).isZero();
        assertThat(started.text()).contains("agent-executor");
    }
}
