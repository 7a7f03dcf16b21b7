package io.schemajob.catalog.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.BundleLoader;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every table, column, key and index of a declared schema is in its documentation. */
class SchemaDocsTest {
    /** What Mermaid's grammar allows in a line of an entity relationship diagram. */
    private static final Pattern DIAGRAM_LINE = Pattern.compile("erDiagram|    \\w+ \\{|    }"
            + "|        [\\w()\\[\\]]+ \\w+( PK| FK| PK, FK)?|    \\w+ (\\|\\||\\|o)--o\\{ \\w+ : \"[\\w, ]+\"");

    static List<String> bundles() {
        return BundleLoader.builtInNames();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void markdownLeavesNothingOut(String bundle) {
        Schema schema = schema(bundle);
        String page = MarkdownDocs.of(bundle, schema, true);
        schema.tables().values().forEach(table -> {
            assertThat(page).contains("\n## " + table.name() + "\n");
            table.columns().forEach(column -> assertThat(page).contains("\n| " + column.name() + " | "));
            table.indexes().forEach(index -> assertThat(page).contains("`" + index.name() + "`"));
            table.triggers().forEach(trigger -> assertThat(page).contains("`" + trigger.name() + "`"));
            table.foreignKeys().forEach(key -> assertThat(page).contains("→ " + key.table()));
        });
        schema.views().keySet().forEach(view -> assertThat(page).contains("## " + view + " (view)"));
        assertThat(page.lines().filter(line -> line.startsWith("|")))
                .allSatisfy(line -> assertThat(line.replace("\\|", "").chars().filter(c -> c == '|'))
                        .hasSize(5));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void diagramIsMermaid(String bundle) {
        Schema schema = schema(bundle);
        String diagram = MermaidDiagram.of(schema);
        assertThat(diagram.lines()).allMatch(line -> DIAGRAM_LINE.matcher(line).matches());
        long keys = schema.tables().values().stream()
                .mapToLong(table -> table.foreignKeys().size())
                .sum();
        assertThat(diagram.lines().filter(line -> line.contains("--o{"))).hasSize((int) keys);
    }

    /** Names and comments come from a database or a file: they begin no line, cell, fence or tag of the page. */
    @Test
    void namesCannotWriteMarkdown() {
        String evil = "a\\n## b|c<img>```";
        Schema schema = SchemaYaml.read(new TextFile(
                "schema.yaml",
                "tables: {\"%1$s\": {comment: \"%1$s\", columns: {\"%1$s\": int}}}\nviews:\n  \"%1$s\": {definition: \"SELECT '```'\"}\n"
                        .formatted(evil)));
        String page = MarkdownDocs.of("t\n# x", schema, true);
        assertThat(page.lines().filter(line -> line.startsWith("#")))
                .containsExactly("# t # x", "## a ## b|c&lt;img>```", "## a ## b|c&lt;img>``` (view)");
        assertThat(page).contains("\n| a ## b\\|c&lt;img>``` | ", "\n````sql\n");
        assertThat(page).doesNotContain("<img");
    }

    private static Schema schema(String bundle) {
        return SchemaYaml.read(BundleLoader.load(bundle).file("schema.yaml").orElseThrow());
    }
}
