package io.schemajob.bundle.author;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schemajob.bundle.BundleFolder;
import io.schemajob.bundle.BundleLoader;
import io.schemajob.bundle.script.Version;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** New scripts are named as the old ones, and never take the place of a file. */
class NewScriptFolderTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 21, 9, 8, 7);

    @TempDir
    Path path;

    private List<NewScript> named(String... names) {
        return NewScriptFolder.open(path + "/")
                .name(Stream.of(names).map(NewScriptName::of).toList(), NOW);
    }

    @Test
    void followsGolangMigrateInTheMigrationsFolder() {
        new BundleFolder(path)
                .with("migrations/001_a.up.sql", "SELECT 1")
                .with("migrations/001_a.down.sql", "SELECT 1");
        List<NewScript> scripts = named("Add orders", "More");
        assertThat(scripts)
                .extracting(NewScript::up)
                .containsExactly("migrations/002_add_orders.up.sql", "migrations/003_more.up.sql");
        assertThat(scripts)
                .extracting(NewScript::down)
                .containsExactly("migrations/002_add_orders.down.sql", "migrations/003_more.down.sql");
    }

    @Test
    void followsFlywayInAFlatFolder() {
        new BundleFolder(path).with("V3__a.sql", "SELECT 1").with("R__b.sql", "SELECT 1");
        NewScript script = named("Add orders").get(0);
        assertThat(script.up()).isEqualTo("V4__add_orders.sql");
        assertThat(script.down()).isEqualTo("U4__add_orders.sql");
    }

    @Test
    void beginsWhereThereIsNothing() throws IOException {
        assertThat(named("First").get(0).up()).isEqualTo("001_first.up.sql");
        Files.createDirectory(path.resolve("migrations"));
        assertThat(named("First").get(0).up()).isEqualTo("migrations/001_first.up.sql");
    }

    @ParameterizedTest
    @CsvSource({
        "'Add orders!', add_orders",
        "'../../etc/passwd', etc_passwd",
        "'  Größe & Maß ', grosse_mass",
        "'a\nb', a_b",
        "'CamelCase 2', camelcase_2"
    })
    void makesAFileNameOfAnyWords(String message, String slug) {
        assertThat(NewScriptName.of(message).slug()).isEqualTo(slug);
        assertThat(NewScriptName.of(message).title()).doesNotContain("\n");
    }

    @Test
    void cutsLongNamesAndRefusesEmptyOnes() {
        assertThat(NewScriptName.of("x ".repeat(300)).slug())
                .hasSizeLessThanOrEqualTo(80)
                .doesNotEndWith("_");
        assertThatThrownBy(() -> NewScriptName.of("表 ?!"))
                .isInstanceOfSatisfying(
                        SchemajobException.class,
                        e -> assertThat(e.failure().status()).isEqualTo(ExitStatus.USAGE));
    }

    @Test
    void writesAllOrNone() throws IOException {
        new BundleFolder(path).with("001_a.up.sql", "SELECT 1");
        NewScriptFolder folder = NewScriptFolder.open(path + "/");
        List<NewScript> scripts = folder.name(List.of(NewScriptName.of("b")), NOW).stream()
                .map(script -> script.withText("SELECT 2;\n", "SELECT 3;\n"))
                .toList();
        Files.writeString(path.resolve("002_b.down.sql"), "mine");
        assertThatThrownBy(() -> folder.write(scripts)).isInstanceOfSatisfying(SchemajobException.class, e -> {
            assertThat(e.failure().status()).isEqualTo(ExitStatus.CONFIG);
            assertThat(e.failure().message()).contains("002_b.down.sql is there already");
        });
        assertThat(names()).containsExactly("001_a.up.sql", "002_b.down.sql");
        assertThat(path.resolve("002_b.down.sql")).hasContent("mine");
        Files.delete(path.resolve("002_b.down.sql"));
        folder.write(scripts);
        assertThat(names()).containsExactly("001_a.up.sql", "002_b.down.sql", "002_b.up.sql");
        assertThat(path.resolve("002_b.up.sql")).hasContent("SELECT 2;");
        assertThat(BundleLoader.load(path + "/").head()).contains(Version.of("002"));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void refusesWhatIsNoFolder() throws IOException {
        assertThatThrownBy(() -> NewScriptFolder.open("agent-executor"))
                .isInstanceOf(SchemajobException.class)
                .hasMessageContaining("is built in");
        Path archive = Files.write(path.resolve("b.tar.gz"), new byte[] {1});
        assertThatThrownBy(() -> NewScriptFolder.open(archive.toString()))
                .isInstanceOf(SchemajobException.class)
                .hasMessageContaining("is an archive");
        assertThatThrownBy(() -> NewScriptFolder.open(path + "/none")).hasMessageContaining("does not exist");
    }
}
