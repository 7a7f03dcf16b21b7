package io.schemajob.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.schemajob.testing.Podman;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.PostgresClient;
import io.schemajob.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * The image that {@code Dockerfile.native} makes of an executable: its own lines gather the files and describe the image;
 * only the stage that compiles is left out, as the executable is there.
 */
class NativeImageIT {
    private static final String IMAGE =
            "localhost/schemajob-test-native:" + ProcessHandle.current().pid();
    private static final Path EXECUTABLE = Path.of(System.getProperty("schemajob.app", "target/quarkus-run.jar"));
    private static final long COMPRESSED_BYTES = 35_000_000;

    /** The instruction that gathers the executable and its libraries, and the stage that takes them. */
    private static final Pattern LINES = Pattern.compile("(?s).*\nRUN (mkdir -p image/.*?)\n\n(FROM scratch\n.*)");

    @TempDir
    static Path context;

    @BeforeAll
    static void build() throws IOException {
        assumeFalse(EXECUTABLE.toString().endsWith(".jar"), "there is no native executable to make an image of");
        Podman.require();
        Matcher lines = LINES.matcher(Files.readString(Path.of("src/main/docker/Dockerfile.native")));
        assertThat(lines.matches()).isTrue();
        Files.createDirectories(context.resolve("target"));
        Files.copy(EXECUTABLE, context.resolve("target/schemajob-0-runner"));
        Program.Result gathered = Program.of("/bin/sh", "-c", "cd \"$0\" && " + lines.group(1), context.toString())
                .env(Map.of("PATH", "/usr/bin:/bin"))
                .run();
        assertThat(gathered.exitCode()).as(gathered.text()).isZero();
        Path dockerfile = Files.writeString(
                context.resolve("Dockerfile"),
                lines.group(2).replace("COPY --from=build /project/image/", "COPY image/"));
        Program.Result built = Podman.build(context, dockerfile, IMAGE, "--build-arg=VERSION=1.2.3");
        assertThat(built.exitCode()).as(built.text()).isZero();
        Program.Result started = Podman.run(Map.of(), List.of(), IMAGE, "--version");
        assumeTrue(started.exitCode() == 0, "this machine runs no containers: " + started.text());
    }

    @AfterAll
    static void remove() {
        Podman.remove(IMAGE);
    }

    /** Every node that runs it for the first time has to fetch it. */
    @Test
    void isSmall() throws IOException {
        Path archive = context.resolve("image.tar");
        Podman.save(IMAGE, archive);
        assertThat(Files.size(archive)).isBetween(1_000_000L, COMPRESSED_BYTES);
    }

    @Test
    void migratesReadOnlyAsNobodyInParticularWithin64Mebibytes() {
        assertThat(Podman.inspect(IMAGE, "{{.User}}")).isEqualTo("65532:65532");
        Postgres.Database database = Postgres.version(16).createDatabase();
        Map<String, String> environment = new HashMap<>(PostgresClient.environment(database));
        environment.put("SCHEMAJOB_BUNDLE", "agent-executor");
        List<String> limits = List.of("--memory=64m", "--memory-swap=64m");

        Program.Result first = Podman.run(environment, limits, IMAGE);
        assertThat(first.exitCode()).as(first.text()).isZero();
        assertThat(first.text()).contains("Migration 001 applied successfully").doesNotContain(database.password());

        Program.Result again = Podman.run(environment, limits, IMAGE);
        assertThat(again.exitCode()).as(again.text()).isZero();
    }
}
