package io.schemajob.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.BundleLoader;
import io.schemajob.catalog.docs.MarkdownDocs;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.job.Setting;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.ExitStatus.Retry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of the docs are what the enums and the bundles say. */
class DocsTest {
    @Test
    void exitCodesAreThoseOfTheEnum() throws IOException {
        String doc = Files.readString(Path.of("docs/exit-codes.md"));
        for (ExitStatus status : ExitStatus.values()) {
            String retry = status.retry() == Retry.NOT_APPLICABLE
                    ? "–"
                    : status.retry().name().toLowerCase(Locale.ROOT);
            assertThat(doc)
                    .contains("| %d | %s | %s | %s |".formatted(status.code(), status.name(), retry, status.when()));
        }
        assertThat(doc.lines().filter(line -> line.matches("\\| \\d+ \\|.*"))).hasSize(ExitStatus.values().length);
    }

    /** The README groups the codes by what Kubernetes does: 0, retried, failed at once. */
    @Test
    void theReadmeHasEachExitCodeOnce() throws IOException {
        List<List<Integer>> rows = Files.readString(Path.of("README.md"))
                .lines()
                .filter(line -> line.matches("\\| \\d+(, \\d+)* \\|.*"))
                .map(line -> Stream.of(line.split(" \\|")[0].substring(2).split(", "))
                        .map(Integer::valueOf)
                        .toList())
                .toList();
        assertThat(rows).containsExactly(codes(Retry.NOT_APPLICABLE), codes(Retry.YES), codes(Retry.NO));
    }

    private static List<Integer> codes(Retry retry) {
        return Stream.of(ExitStatus.values())
                .filter(status -> status.retry() == retry)
                .map(ExitStatus::code)
                .toList();
    }

    @Test
    void settingsAreThoseOfTheEnum() throws IOException {
        String doc = Files.readString(Path.of("docs/configuration.md"));
        for (Setting setting : Setting.values()) {
            String value = setting.defaultValue() == null ? "–" : "`" + setting.defaultValue() + "`";
            assertThat(doc)
                    .contains("| `%s` | `--%s` | %s | %s |"
                            .formatted(setting.variable(), setting.optionName(), value, setting.meaning()));
        }
        assertThat(doc.lines().filter(line -> line.startsWith("| `SCHEMAJOB_"))).hasSize(Setting.values().length);
    }

    @Test
    void schemasAreThoseOfTheBundles() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (String name : BundleLoader.builtInNames()) {
            Bundle bundle = BundleLoader.load(name);
            Schema schema = SchemaYaml.read(bundle.file("schema.yaml").orElseThrow());
            assertThat(Files.readString(Path.of("docs/schemas", name + ".md")))
                    .isEqualTo(MarkdownDocs.of(name + ": " + bundle.title(), schema, true))
                    .contains("```mermaid");
            assertThat(readme).contains("| [" + name + "](docs/schemas/" + name + ".md) |");
        }
    }
}
