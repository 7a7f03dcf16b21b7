package io.schemajob.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The workflows run pinned actions, with no right that a job does not need. */
class WorkflowsTest {
    private static final Path FOLDER = Path.of(".github/workflows");
    private static final Path EXAMPLE = Path.of("examples/github-actions");
    private static final Pattern PINNED = Pattern.compile("[\\w.-]+/[\\w./-]+@(v\\d+\\.\\d+\\.\\d+|[0-9a-f]{40})");

    static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER);
                Stream<Path> example = Files.list(EXAMPLE.resolve(FOLDER))) {
            return Stream.concat(files, example).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void pinsEveryActionAndKeepsNoCredentials(Path workflow) throws IOException {
        for (Map<?, ?> step : steps(workflow)) {
            Object uses = step.get("uses");
            if (uses != null) {
                assertThat(uses.toString()).matches(PINNED);
                if (uses.toString().startsWith("actions/checkout@")) {
                    assertThat(((Map<?, ?>) step.get("with")).get("persist-credentials"))
                            .isEqualTo(false);
                }
            } else {
                // Text of others, a branch's name say, belongs into the environment and never into a script.
                assertThat(step.get("run").toString()).doesNotContain("${{");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void mayReadUnlessAJobSaysMore(Path workflow) throws IOException {
        Map<?, ?> document = read(workflow);
        assertThat(document.get("permissions")).isEqualTo(Map.of("contents", "read"));
        for (Object job : ((Map<?, ?>) document.get("jobs")).values()) {
            assertThat(((Map<?, ?>) job).get("timeout-minutes")).isInstanceOf(Integer.class);
        }
    }

    @Test
    void aReleaseIsTestedBuiltForBothArchitecturesSignedAndHasItsBillOfMaterials() throws IOException {
        Path release = FOLDER.resolve("release.yml");
        Map<?, ?> jobs = (Map<?, ?>) read(release).get("jobs");
        assertThat(((Map<?, ?>) jobs.get("image")).get("needs")).isEqualTo("test");
        assertThat(((Map<?, ?>) jobs.get("publish")).get("needs")).isEqualTo(List.of("test", "image"));
        assertThat(((Map<?, ?>) jobs.get("publish")).get("permissions"))
                .isEqualTo(Map.of("contents", "write", "packages", "write", "id-token", "write"));
        assertThat(Files.readString(release))
                .contains(
                        "ubuntu-24.04-arm",
                        "src/main/docker/Dockerfile.native",
                        "target/schemajob-sbom.json",
                        "cosign sign --yes --recursive",
                        "cosign attest --yes --type cyclonedx",
                        "helm push",
                        ".ci/run");
    }

    private static List<Map<?, ?>> steps(Path workflow) throws IOException {
        return ((Map<?, ?>) read(workflow).get("jobs"))
                .values().stream()
                        .flatMap(job -> ((List<?>) ((Map<?, ?>) job).get("steps")).stream())
                        .<Map<?, ?>>map(step -> (Map<?, ?>) step)
                        .toList();
    }

    private static Map<?, ?> read(Path workflow) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(workflow));
    }
}
