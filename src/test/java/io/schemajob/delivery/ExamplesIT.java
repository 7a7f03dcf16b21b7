package io.schemajob.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.Parts;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Program;
import io.schemajob.testing.TemporaryFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the examples have in common, and those that need neither a cluster nor a container to be tried. */
class ExamplesIT {
    static final Path FOLDER = Path.of("examples");

    @TempDir
    Path folder;

    /** The folders that hold scripts, or a folder of scripts. */
    static List<Path> bundles() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<Path> bundles = files.filter(file -> file.toString().endsWith(".up.sql"))
                    .map(Path::getParent)
                    .map(scripts -> scripts.endsWith("migrations") ? scripts.getParent() : scripts)
                    .distinct()
                    .sorted()
                    .toList();
            assertThat(bundles).hasSizeGreaterThan(8);
            return bundles;
        }
    }

    /** Its scripts run up, down and up again, what they make is declared, and nothing is to be said about it. */
    @ParameterizedTest
    @MethodSource("bundles")
    void theBundleIsComplete(Path bundle) {
        Postgres server = Postgres.version(17);
        Postgres.Database database = server.createDatabase();
        server.superuserExecute("ALTER ROLE " + database.user() + " CREATEDB");
        App.Result result = App.command("check", "--bundle", bundle.toString())
                .database(database)
                .run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.text()).contains("the same again").doesNotContain("nothing is declared");
    }

    /** One example with every file of it has one page, which says what is not published yet. */
    @Test
    void eachExampleSaysWhatIsNotPublished() throws IOException {
        String index = Files.readString(FOLDER.resolve("README.md"));
        try (Stream<Path> examples = Files.list(FOLDER)) {
            for (Path example : examples.filter(Files::isDirectory).toList()) {
                assertThat(index).contains("(" + example.getFileName() + "/README.md)");
                assertThat(Files.readString(example.resolve("README.md")))
                        .containsPattern("\\A# [^\n]+\n\nFor those ")
                        .containsPattern("is (not )?published yet")
                        .contains("](../../docs/images.md#build-the-image)");
            }
        }
    }

    /** Against the artifacts that are published; what it starts needs Docker and cannot run here. */
    @Test
    void theTestWithTestcontainersCompiles() throws IOException {
        TemporaryFolders.copy(FOLDER.resolve("testcontainers"), folder);
        Path maven = Parts.program("mvn", "the Maven that runs this build");
        Program.Result result = Program.of(maven.toString(), "-B", "-ntp", "-q", "test-compile")
                .env("PATH", System.getenv("PATH"))
                .env("HOME", System.getProperty("user.home"))
                .env("JAVA_HOME", System.getProperty("java.home"))
                .in(folder)
                .run();
        if (result.text().contains("Could not transfer artifact")) {
            throw Parts.missing("Testcontainers, which cannot be downloaded,");
        }
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(folder.resolve("target/test-classes/example/OrdersTest.class"))
                .exists();
    }
}
