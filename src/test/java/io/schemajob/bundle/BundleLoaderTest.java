package io.schemajob.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.NamingStyle;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.report.failure.Failure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleLoaderTest {
    @TempDir
    Path temporary;

    private BundleFolder folder;

    @BeforeEach
    void emptyFolder() throws IOException {
        folder = new BundleFolder(Files.createDirectory(temporary.resolve("shop")));
    }

    @Test
    void aFolderOfScriptsAloneIsABundle() {
        Bundle bundle = folder.with("10_b.up.sql", "select 10;")
                .with("2_a.up.sql", "select 2;")
                .with("2_a.down.sql", "select -2;")
                .with("README.md", "ignored")
                .load();
        assertThat(bundle.name()).isEqualTo("shop");
        assertThat(bundle.title()).isEqualTo("shop");
        assertThat(bundle.minimumServer()).isEqualTo(14);
        assertThat(bundle.style()).isEqualTo(NamingStyle.GOLANG_MIGRATE);
        assertThat(bundle.migrations()).extracting(Migration::description).containsExactly("a", "b");
        assertThat(bundle.migrations().get(0).downScript())
                .hasValueSatisfying(down -> assertThat(down.text()).isEqualTo("select -2;"));
        assertThat(bundle.migrations().get(1).downScript()).isEmpty();
        assertThat(bundle.head()).contains(Version.of("10"));
        assertThat(bundle.migration(Version.of("002")))
                .contains(bundle.migrations().get(0));
        assertThat(bundle.migration(Version.of("3"))).isEmpty();
        assertThat(bundle.files()).isEmpty();
    }

    @Test
    void scriptsStandInMigrationsWhereThatFolderExists() {
        Bundle bundle = folder.with("migrations/V1__first.sql", "\uFEFFselect 1;")
                .with("migrations/U1__first.sql", "select -1;")
                .with("migrations/R__views.sql", "-- TITLE:  The views \nselect 1;")
                .with("bundle.yaml", "name: store\ntitle: The store\nextensions: [uuid-ossp]\nstrict: true\n")
                .with("schema.yaml", "x: 1")
                .with("schema/1.yaml", "x: 1")
                .with("verify/a.sql", "select 1")
                .with("verify/notes.txt", "ignored")
                .with("import.yaml", "x: 1")
                .with("maintenance.sql", "select 1;")
                .with("other.sql", "ignored")
                .load();
        assertThat(bundle.name()).isEqualTo("store");
        assertThat(bundle.style()).isEqualTo(NamingStyle.FLYWAY);
        assertThat(bundle.extensions()).containsExactly(new RequiredExtension("uuid-ossp", null));
        assertThat(bundle.strict()).isTrue();
        assertThat(bundle.files())
                .containsOnlyKeys(
                        "bundle.yaml",
                        "schema.yaml",
                        "schema/1.yaml",
                        "verify/a.sql",
                        "import.yaml",
                        "maintenance.sql");
        Migration first = bundle.migrations().get(0);
        assertThat(first.up().path()).isEqualTo("migrations/V1__first.sql");
        assertThat(first.up().name()).isEqualTo("V1__first.sql");
        assertThat(first.up().text()).isEqualTo("select 1;");
        assertThat(first.up().checksum())
                .isEqualTo(Script.of(new TextFile("x", "select 1;")).checksum());
        assertThat(bundle.repeatables()).singleElement().satisfies(views -> {
            assertThat(views.repeatable()).isTrue();
            assertThat(views.title()).isEqualTo("The views");
        });
    }

    @Test
    void aFlatFolderKeepsItsOtherFilesToo() {
        Bundle bundle = folder.with("1_a.up.sql", "select 1;")
                .with("maintenance.sql", "vacuum;")
                .with("schema.yaml", "x: 1")
                .load();
        assertThat(bundle.migrations()).hasSize(1);
        assertThat(bundle.files()).containsOnlyKeys("maintenance.sql", "schema.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'-- title: Some words\nselect 1;'                       | Some words",
                "'\n\r\n-- Licence\r\n--title:Some words\r\nselect 1;'   | Some words",
                "'select 1;\n-- title: too late\n'                       | the name",
                "'-- title:\nselect 1;'                                  | the name",
                "'-- subtitle: x\nselect 1;'                             | the name",
            })
    void theTitleComesFromTheFirstComments(String script, String title) {
        Bundle bundle = folder.with("1_the_name.up.sql", script).load();
        assertThat(bundle.migrations().get(0).title()).isEqualTo(title);
    }

    @Test
    void whatKubernetesMountsIsRead() throws IOException {
        folder.with("..2026_11_21/1_a.up.sql", "select 1;")
                .with("..2026_11_21/1_a.down.sql", "select -1;")
                .with("..2026_11_21/bundle.yaml", "name: mounted")
                .withLink("..data", "..2026_11_21")
                .withLink("1_a.up.sql", "..data/1_a.up.sql")
                .withLink("1_a.down.sql", "..data/1_a.down.sql")
                .withLink("bundle.yaml", "..data/bundle.yaml");
        assertThat(folder.load().name()).isEqualTo("mounted");
        assertThat(folder.load().migrations()).hasSize(1);
    }

    @Test
    void aMountedFolderOfMigrationsIsRead() throws IOException {
        folder.with("..2026_11_21/migrations/1_a.up.sql", "select 1;")
                .withLink("..data", "..2026_11_21")
                .withLink("migrations", "..data/migrations");
        Files.createSymbolicLink(temporary.resolve("link"), folder.path());
        assertThat(folder.load().migrations()).hasSize(1);
        Bundle linked = BundleLoader.load(temporary.resolve("link").toString());
        assertThat(linked.name()).isEqualTo("link");
        assertThat(linked.migrations()).hasSize(1);
    }

    @Test
    void linksOutOfTheBundleAreRefused() throws IOException {
        new BundleFolder(temporary).with("secret/1_a.up.sql", "select 1;");
        folder.withLink("1_a.up.sql", "../secret/1_a.up.sql");
        Failure file = Refusal.of(folder::load);
        assertThat(file.message()).startsWith("1_a.up.sql: a link that leads out of the bundle");

        Files.delete(folder.path().resolve("1_a.up.sql"));
        folder.withLink("migrations", "../secret");
        assertThat(Refusal.of(folder::load).message()).startsWith("migrations/: a link that leads out of the bundle");
    }

    @Test
    void brokenLinksAndSpecialFilesAreRefused() throws IOException, InterruptedException {
        folder.withLink("1_a.up.sql", "nowhere.sql");
        assertThat(Refusal.of(folder::load).message()).startsWith("1_a.up.sql: the file that this name stands for");

        Files.delete(folder.path().resolve("1_a.up.sql"));
        Path pipe = folder.path().resolve("1_a.up.sql");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(Refusal.of(folder::load).message()).isEqualTo("1_a.up.sql: not a regular file.");
    }

    @Test
    void aBundleThatIsNotThereIsNamedTogetherWithTheChoice() {
        Failure unknown = Refusal.of(() -> BundleLoader.load("agent-exekutor"));
        assertThat(unknown.message()).isEqualTo("There is no bundle agent-exekutor. Did you mean agent-executor?");
        assertThat(unknown.hint()).contains("agent-executor");
        assertThat(Refusal.of(() -> BundleLoader.load("xyz")).message()).isEqualTo("There is no bundle xyz.");
        Failure path = Refusal.of(() -> BundleLoader.load("/no/such/folder"));
        assertThat(path.message()).isEqualTo("The bundle /no/such/folder does not exist.");
        assertThat(Refusal.of(() -> BundleLoader.load("x.tar.gz")).message())
                .isEqualTo("The bundle x.tar.gz does not exist.");
        assertThat(Refusal.of(() -> BundleLoader.load("./agent-executor")).message())
                .isEqualTo("The bundle ./agent-executor does not exist.");
        assertThat(Refusal.of(() -> BundleLoader.load("a/\0")).message()).startsWith("The bundle's path is not valid");
        folder.with("bundle.zip", "x");
        assertThat(Refusal.of(() -> BundleLoader.load(folder.path() + "/bundle.zip"))
                        .message())
                .endsWith("a bundle is a folder or a .tar.gz, and this is neither.");
    }

    @Test
    void aFolderInTheWorkingDirectoryNeedsNoSlash() {
        assertThat(Refusal.of(() -> BundleLoader.load("src")).message()).isEqualTo("src: no migration script there.");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void noBundleAtAllIsAMissingSetting(String name) {
        assertThat(Refusal.of(() -> BundleLoader.load(name)).hint()).contains("SCHEMAJOB_BUNDLE");
    }

    @Test
    void anEmptyFolderIsRefused() throws IOException {
        Failure failure = Refusal.of(folder::load);
        assertThat(failure.message()).isEqualTo(folder.path() + ": no migration script there.");
        folder.with("README.md", "x").with("verify/a.sql", "SELECT 1");
        assertThat(Refusal.of(folder::load).message()).contains("no migration script there");
        folder.with("schema.yaml", "tables: {}");
        assertThat(folder.load().migrations()).isEmpty();
        folder.with("1_a.up.sql", "select 1;");
        Files.createDirectory(folder.path().resolve("migrations"));
        assertThat(Refusal.of(folder::load).message()).contains("no migration script there");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1_a.up.sql      | 001_b.up.sql    | 1_a.up.sql: has the version 1, as has 001_b.up.sql.",
                "V1.0__a.sql     | V1__b.sql       | V1__b.sql: has the version 1, as has V1.0__a.sql.",
                "1_a.down.sql    | 1_b.down.sql    | 1_b.down.sql: has the version 1, as has 1_a.down.sql.",
                "R__a_b.sql      | R__a b.sql      | R__a_b.sql: has the description 'a b', as has R__a b.sql.",
                "1_a.up.sql      | V1__a.sql       | V1__a.sql: named in another style than 1_a.up.sql; a bundle has one style.",
                "1_a.up.sql      | 2_b.down.sql    | 2_b.down.sql: a down script without an up script of version 2.",
                "V1__a.sql       | U2__a.sql       | U2__a.sql: a down script without an up script of version 2.",
                "1_a.up.sql      | cleanup.sql     | cleanup.sql: the name is not that of a migration script.",
                "1_a.up.sql      | 2_b.up.SQL      | 2_b.up.SQL: the name is not that of a migration script.",
                "V1__a.sql       | afterMigrate.sql| afterMigrate.sql: Flyway's callbacks are not supported.",
                "1_a.up.sql      | schema.yml      | schema.yml: the ending is .yaml in a bundle, so this file would go unread.",
            })
    void namesThatDoNotMakeOneHistoryAreRefused(String one, String other, String message) {
        folder.with(one, "select 1;").with(other, "select 2;");
        Failure failure = Refusal.of(folder::load);
        assertThat(failure.message()).isEqualTo(message);
        assertThat(failure.where()).endsWith(" in bundle " + folder.path() + "/");
    }

    @Test
    void scriptsInSubfoldersAreNotOverlooked() {
        folder.with("migrations/1_a.up.sql", "select 1;").with("migrations/v2/2_b.up.sql", "select 2;");
        assertThat(Refusal.of(folder::load).message())
                .isEqualTo("migrations/v2/2_b.up.sql: folders inside migrations/ are not read.");
    }

    @Test
    void aVersionThatTheHistoryCannotHoldIsRefused() {
        folder.with("1".repeat(51) + "_a.up.sql", "select 1;");
        assertThat(Refusal.of(folder::load).message()).contains("longer than 50");
    }

    /** As golang-migrate takes them, whose users have many. */
    @Test
    void emptyScriptsAreScripts() {
        folder.with("1_a.up.sql", " \n").with("1_a.down.sql", "");
        var migration = folder.load().migrations().get(0);
        assertThat(migration.up().text()).isBlank();
        assertThat(migration.downScript()).isPresent();
    }

    @Test
    void textThatIsNotUtf8IsRefusedWithItsLine() {
        folder.with("1_a.up.sql", "select 1;\n-- caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        Failure failure = Refusal.of(folder::load);
        assertThat(failure.message()).isEqualTo("1_a.up.sql:2: not UTF-8: byte 0xE9.");
        assertThat(failure.where()).startsWith("1_a.up.sql:2 ");
        assertThat(failure.hint()).isEqualTo("Save the file as UTF-8.");

        folder.with("1_a.up.sql", "select 1;".getBytes(StandardCharsets.UTF_16));
        assertThat(Refusal.of(folder::load).message()).isEqualTo("1_a.up.sql:1: not UTF-8 but UTF-16.");

        folder.with("1_a.up.sql", ("\n".repeat(20_000) + "\uFFFD").getBytes(StandardCharsets.UTF_8));
        assertThat(folder.load().migrations()).hasSize(1);
        byte[] bytes = ("\uFFFD" + "x\n".repeat(20_000) + "??").getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 1] = (byte) 0xC3;
        folder.with("1_a.up.sql", bytes);
        assertThat(Refusal.of(folder::load).message()).isEqualTo("1_a.up.sql:20001: not UTF-8: byte 0xC3.");
    }

    @Test
    void nulIsRefusedWithItsLine() {
        folder.with("1_a.up.sql", "select 1;\r\nselect '\0';");
        assertThat(Refusal.of(folder::load).message()).isEqualTo("1_a.up.sql:2: a NUL byte, which PostgreSQL refuses.");
    }

    @Test
    void aScriptOf200MegabytesIsRefusedBeforeItIsRead() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.path().resolve("1_a.up.sql").toFile(), "rw")) {
            file.setLength(200L << 20);
        }
        Failure failure = Refusal.of(folder::load);
        assertThat(failure.message()).isEqualTo("1_a.up.sql: the file has 200 MiB, the limit is 100 MiB.");
        assertThat(failure.hint()).contains("Split the script");
    }

    @Test
    void brokenBundleYamlIsNamedWithLineAndColumn() {
        folder.with("1_a.up.sql", "select 1;").with("bundle.yaml", "name: x\ntitle: [a\n");
        Failure failure = Refusal.of(folder::load);
        assertThat(failure.message()).startsWith("bundle.yaml:3:1: broken YAML");
        assertThat(failure.where()).isEqualTo("bundle.yaml:3:1 in bundle " + folder.path() + "/");
    }
}
