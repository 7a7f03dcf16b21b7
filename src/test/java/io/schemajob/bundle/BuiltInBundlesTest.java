package io.schemajob.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.NamingStyle;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.script.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltInBundlesTest {
    private static final Path ROOT = Path.of("src/main/resources/bundles");

    static List<String> names() {
        return BundleLoader.builtInNames();
    }

    @Test
    void theIndexNamesEveryFileAndNothingElse() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<String> paths = files.filter(Files::isRegularFile)
                    .map(file -> ROOT.relativize(file).toString())
                    .filter(path -> !path.equals("index.txt"))
                    .sorted()
                    .toList();
            assertThat(Files.readAllLines(ROOT.resolve("index.txt"))).isEqualTo(paths);
        }
    }

    @Test
    void everyFolderIsABundle() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT).filter(Files::isDirectory)) {
            assertThat(names())
                    .isEqualTo(folders.map(folder -> folder.getFileName().toString())
                            .sorted()
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachIsTheSameFromItsFolder(String name) {
        Bundle builtIn = BundleLoader.load(name);
        assertThat(builtIn.origin()).isEqualTo("built in");
        assertThat(builtIn.name()).isEqualTo(name);
        Bundle folder = BundleLoader.load(ROOT.resolve(name).toString());
        assertThat(folder).usingRecursiveComparison().ignoringFields("origin").isEqualTo(builtIn);
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachScriptParsesAndCanBeTakenBack(String name) {
        for (Migration migration : BundleLoader.load(name).migrations()) {
            assertThat(ScriptParser.parse(migration.up()).statements()).isNotEmpty();
            assertThat(ScriptParser.parse(migration.downScript().orElseThrow()).statements())
                    .isNotEmpty();
        }
    }

    @Test
    void agentExecutorIsWhatItsUsersKnow() {
        Bundle bundle = BundleLoader.load("agent-executor");
        assertThat(bundle.noun()).isEqualTo("checkpoint");
        assertThat(bundle.minimumServer()).isEqualTo(14);
        assertThat(bundle.style()).isEqualTo(NamingStyle.GOLANG_MIGRATE);
        Migration first = bundle.migration(Version.of("1")).orElseThrow();
        assertThat(first.up().name()).isEqualTo("001_create_checkpointer_tables.up.sql");
        assertThat(first.version()).hasToString("001");
        assertThat(first.title()).isEqualTo("Create LangGraph checkpoint tables");
        assertThat(bundle.versionNames()).containsEntry(Version.of("001"), "9");
        assertThat(bundle.adoptRules()).singleElement().satisfies(rule -> {
            assertThat(rule.table()).isEqualTo("checkpoint_migrations");
            assertThat(rule.column()).isEqualTo("v");
            assertThat(rule.atLeast()).isEqualTo(9);
            assertThat(rule.version()).isEqualTo(Version.of("001"));
            assertThat(rule.wayOut()).contains("PostgresSaver.setup()").contains("langgraph-checkpoint-postgres");
        });
        assertThat(ScriptParser.parse(first.up()).statements())
                .extracting(statement ->
                        statement.sql().split("\\s+")[0] + " " + statement.sql().split("\\s+")[1])
                .containsExactly(
                        "CREATE TABLE",
                        "CREATE TABLE",
                        "CREATE TABLE",
                        "CREATE TABLE",
                        "CREATE INDEX",
                        "CREATE INDEX",
                        "CREATE INDEX",
                        "INSERT INTO");
    }
}
