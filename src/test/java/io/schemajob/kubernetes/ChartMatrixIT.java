package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A wide matrix of values, rendered by Helm 3 and Helm 4: both render the same, and it keeps every rule. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartMatrixIT {
    private final Map<ChartMatrix, List<KubernetesObject>> rendered = new ConcurrentHashMap<>();

    @BeforeAll
    void render(@TempDir Path folder) {
        List<Helm> helms = Helm.both();
        ChartMatrix.all().parallelStream().forEach(values -> {
            List<List<KubernetesObject>> results = helms.stream()
                    .map(helm -> helm.objects(values.release(), GeneratedFiles.CHART, arguments(folder, values)))
                    .toList();
            assertThat(results.get(0)).as(values.name()).containsExactlyInAnyOrderElementsOf(results.get(1));
            rendered.put(values, results.get(0));
        });
    }

    private static List<String> arguments(Path folder, ChartMatrix values) {
        List<String> arguments = new ArrayList<>();
        for (String yaml : values.values()) {
            Path file = folder.resolve(Integer.toHexString(yaml.hashCode()) + "-"
                    + Thread.currentThread().getId());
            try {
                Files.writeString(file, yaml);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            arguments.addAll(List.of("-f", file.toString()));
        }
        return arguments;
    }

    @Test
    void everyRuleHoldsForEveryCombination() {
        assertThat(rendered).hasSize(ChartMatrix.all().size());
        rendered.forEach((values, objects) -> {
            try {
                ObjectRules.check(objects, values.external());
            } catch (AssertionError e) {
                throw new AssertionError(values.name() + ": " + e.getMessage(), e);
            }
        });
    }

    @Test
    void modeDecidesTheFamilyOfHooks() {
        rendered.forEach((values, objects) -> {
            KubernetesObject job = schemaJob(objects);
            String mode = mode(values);
            assertThat(job.hookFamily().orElse("none")).as(values.name()).isEqualTo(mode);
            assertThat(job.weightBeforeRelease().isPresent()).isEqualTo(!mode.equals("none"));
            assertThat(job.containers().get(0).get("name").asText())
                    .isEqualTo(values.name().contains("rollback") ? "rollback" : "migrate");
        });
    }

    @Test
    void policyDoesWithEveryExitCodeWhatTheTableSays() {
        rendered.values().stream()
                .flatMap(objects -> ObjectRules.jobs(objects).stream())
                .forEach(ManifestsTest::checkPolicy);
    }

    @Test
    void schemasOfKubernetesKnowEveryField() throws IOException {
        List<KubernetesObject> objects = new ArrayList<>(distinct());
        objects.addAll(ManifestsTest.everything());
        String verdict = StrictSchemas.check(objects);
        assertThat(verdict).startsWith("VERSIONS 1.29.0 1.37.0 9");
    }

    /** Schema, import, release: a hook of the import comes after the migration's; a suspended Job is none. */
    @Test
    void importComesBetweenMigrationAndRelease() {
        Map<String, Integer> seen = new HashMap<>();
        rendered.forEach((values, objects) -> jobs(objects, true).forEach(job -> {
            String mode = mode(values);
            boolean suspended = values.name().contains("import, suspended");
            assertThat(job.jobSpec().orElseThrow().path("suspend").asBoolean()).isEqualTo(suspended);
            if (suspended || mode.equals("none")) {
                assertThat(job.hookFamily()).isEmpty();
            } else {
                assertThat(job.hookFamily()).contains(mode);
                assertThat(job.weightBeforeRelease()).hasValue(0);
                assertThat(schemaJob(objects).weightBeforeRelease()).hasValue(-1);
            }
            seen.merge(mode + " " + suspended, 1, Integer::sum);
        }));
        assertThat(seen.keySet())
                .containsExactlyInAnyOrder(
                        "helm true", "helm false", "argocd true", "argocd false", "none true", "none false");
    }

    private static String mode(ChartMatrix values) {
        return values.name().split(";")[0];
    }

    /** The Job that changes the schema. */
    private static KubernetesObject schemaJob(List<KubernetesObject> objects) {
        List<KubernetesObject> found = jobs(objects, false);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static List<KubernetesObject> jobs(List<KubernetesObject> objects, boolean imports) {
        return objects.stream()
                .filter(object -> object.kind().equals("Job"))
                .filter(job -> imports
                        == job.label("app.kubernetes.io/component").asText().equals("import"))
                .toList();
    }

    /** Those that differ in more than names, labels and annotations. */
    private Collection<KubernetesObject> distinct() {
        Map<String, KubernetesObject> distinct = new LinkedHashMap<>();
        for (List<KubernetesObject> objects : rendered.values()) {
            for (KubernetesObject object : objects) {
                ObjectNode content = object.json().deepCopy();
                content.remove("metadata");
                distinct.putIfAbsent(content.toString(), object);
            }
        }
        return distinct.values();
    }
}
