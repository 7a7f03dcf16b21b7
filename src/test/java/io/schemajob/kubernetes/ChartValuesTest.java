package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.job.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every value of the chart is in its schema with a meaning, and nothing that the schema does not know is let in. */
class ChartValuesTest {
    private static final List<ChartValues> VALUES = ChartValues.read(GeneratedFiles.CHART);

    /** Settings that the chart sets from something else, or that make no sense in a pod. */
    private static final Set<Setting> ELSEWHERE = Set.of(
            Setting.BUNDLE,
            Setting.DEADLINE,
            Setting.TERMINATION_LOG,
            Setting.REPORT,
            Setting.METRICS_FILE,
            Setting.ENV_FILE);

    @Test
    void everyValueHasAMeaningAndADefault() {
        assertThat(VALUES).allSatisfy(value -> {
            assertThat(value.schema())
                    .as(value.path() + " in values.schema.json")
                    .isNotNull();
            assertThat(value.meaning()).as("meaning of " + value.path()).isNotBlank();
            if (!value.path().equals("global")) {
                assertThat(value.value()).as(value.path() + " in values.yaml").isNotNull();
            }
        });
    }

    @Test
    void unknownValuesAreRefusedAtEveryLevel() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(GeneratedFiles.CHART.resolve("values.schema.json").toFile());
        closed("", schema);
    }

    private static void closed(String path, JsonNode schema) {
        if (schema.has("properties")) {
            assertThat(schema.path("additionalProperties").isBoolean()
                            && !schema.path("additionalProperties").asBoolean())
                    .as("additionalProperties of " + path)
                    .isTrue();
            schema.get("properties").properties().forEach(property -> {
                assertThat(property.getValue().path("description").asText())
                        .as("description of " + path + "." + property.getKey())
                        .isNotBlank();
                closed(path + "." + property.getKey(), property.getValue());
            });
        }
    }

    /** The chart turns {@code lockTimeout} into {@code SCHEMAJOB_LOCK_TIMEOUT}. */
    @Test
    void settingsAreThoseOfTheJob() {
        Set<String> expected = Arrays.stream(Setting.values())
                .filter(setting ->
                        !ELSEWHERE.contains(setting) && !setting.name().startsWith("VAULT_"))
                .map(ChartValuesTest::camelCase)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> found = VALUES.stream()
                .map(ChartValues::path)
                .filter(path -> path.startsWith("settings."))
                .map(path -> path.substring("settings.".length()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).isEqualTo(expected);
    }

    private static String camelCase(Setting setting) {
        String[] words = setting.name().toLowerCase(Locale.ROOT).split("_");
        return words[0]
                + Arrays.stream(words)
                        .skip(1)
                        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                        .collect(Collectors.joining());
    }

    /** The file of the import can be used alone. */
    @Test
    void importHasItsFileToo() {
        for (Deployment deployment : Deployment.all()) {
            Path file = GeneratedFiles.CHART.resolve("values/" + deployment.bundle() + "-import.yaml");
            assertThat(Files.exists(file)).isEqualTo(deployment.imported());
            if (deployment.imported()) {
                ObjectNode values = KubernetesYaml.object(GeneratedFiles.read(file));
                assertThat(values.remove("import").path("enabled").asBoolean()).isTrue();
                assertThat(values)
                        .isEqualTo(KubernetesYaml.object(GeneratedFiles.read(
                                GeneratedFiles.CHART.resolve("values/" + deployment.bundle() + ".yaml"))));
            }
        }
    }

    /** The file of the fleet too; what it leaves out works on one schema. */
    @Test
    void fleetHasItsFile() {
        for (Deployment deployment : Deployment.all()) {
            Path file = GeneratedFiles.CHART.resolve("values/" + deployment.bundle() + "-fleet.yaml");
            assertThat(Files.exists(file)).isEqualTo(deployment.perTenant());
            if (deployment.perTenant()) {
                ObjectNode values = KubernetesYaml.object(GeneratedFiles.read(file));
                assertThat(values.remove("fleet").path("enabled").asBoolean()).isTrue();
                ObjectNode alone = KubernetesYaml.object(
                        GeneratedFiles.read(GeneratedFiles.CHART.resolve("values/" + deployment.bundle() + ".yaml")));
                assertThat(alone.remove("backup")).isNotNull();
                assertThat(values).isEqualTo(alone);
            }
        }
    }

    @Test
    void eachBundleHasItsFileWithAllItsTables() {
        for (Deployment deployment : Deployment.all()) {
            JsonNode file = KubernetesYaml.object(
                    GeneratedFiles.read(GeneratedFiles.CHART.resolve("values/" + deployment.bundle() + ".yaml")));
            assertThat(KubernetesObject.texts(file.at("/backup/tables"))).isEqualTo(deployment.tables());
            assertThat(file.at("/bundle/name").asText()).isEqualTo(deployment.bundle());
        }
    }

    /** What a release needs to name is named by nobody else: neither a bundle nor its database. */
    @Test
    void defaultsNameNoBundle() {
        assertThat(VALUES)
                .filteredOn(value -> value.value() != null)
                .filteredOn(value -> Deployment.all().stream()
                        .anyMatch(deployment -> value.value().toString().contains(deployment.bundle())))
                .extracting(ChartValues::path)
                .isEmpty();
    }
}
