package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kube-score finds in the manifests and in the chart, down to warnings, with the exceptions and their reasons. */
class KubeScoreIT {
    private static final int OK = 10;

    private static final Map<String, String> EXCEPTIONS = Map.of(
            "container-image-pull-policy",
            "Always makes every run depend on the registry; a migration in an emergency must not. Tags of releases do"
                    + " not move, and image.digest pins more.");

    @TempDir
    Path folder;

    @Test
    void findsNothingButTheExceptions() throws IOException {
        List<String> files = new ArrayList<>(manifests());
        Path chart = folder.resolve("chart.yaml");
        List<String> values = Helm.agentExecutor(
                "backup.enabled=true",
                "maintenance.enabled=true",
                "networkPolicy.enabled=true",
                "import.enabled=true",
                "import.suspend=false",
                "import.source.claim=data",
                "import.claim.create=false");
        Files.writeString(
                chart,
                Helm.of(4)
                        .template("score", GeneratedFiles.CHART, values)
                        .succeeded()
                        .out());
        files.add(chart.toString());
        Path fleet = folder.resolve("fleet.yaml");
        Files.writeString(
                fleet,
                Helm.of(4)
                        .template(
                                "score-many",
                                GeneratedFiles.CHART,
                                Helm.agentExecutor(
                                        "networkPolicy.enabled=true",
                                        "fleet.enabled=true",
                                        "fleet.targets.vault=kv/tenants/",
                                        "fleet.canary.count=1"))
                        .succeeded()
                        .out());
        files.add(fleet.toString());

        Set<String> found = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        for (JsonNode object : score(files)) {
            for (JsonNode check : object.get("checks")) {
                String id = check.at("/check/id").asText();
                if (!check.get("skipped").asBoolean() && check.get("grade").asInt() < OK) {
                    (EXCEPTIONS.containsKey(id) ? used : found)
                            .add(id + " " + object.get("object_name").asText() + " " + check.get("comments"));
                }
            }
        }
        assertThat(found).isEmpty();
        assertThat(EXCEPTIONS.keySet()).as("exceptions that nothing needs").allMatch(id -> used.stream()
                .anyMatch(use -> use.startsWith(id + " ")));
    }

    private static JsonNode score(List<String> files) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                "score",
                "--output-format",
                "json",
                "--kubernetes-version",
                "v1.34",
                "--enable-optional-test",
                "container-seccomp-profile"));
        line.addAll(files);
        JsonNode objects =
                new ObjectMapper().readTree(Tool.of("kube-score").run(line).out());
        assertThat(objects.findValuesAsText("object_name"))
                .as("objects that were looked at")
                .contains(
                        "Job/batch/v1/bizmatters/agent-executor-migration-001",
                        "Job/batch/v1/bizmatters/agent-platform-migration-001-import",
                        "Job/batch/v1/bizmatters/score-import",
                        "Job/batch/v1/bizmatters/score-many-canary",
                        "Job/batch/v1/bizmatters/score-many-fleet",
                        "CronJob/batch/v1/bizmatters/minion-maintenance",
                        "Job/batch/v1/bizmatters/score-migration",
                        "CronJob/batch/v1/bizmatters/score-backup",
                        "Pod/v1/bizmatters/score-verify");
        return objects;
    }

    private static List<String> manifests() throws IOException {
        try (Stream<Path> files = Files.walk(GeneratedFiles.MANIFESTS)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".yaml") && !file.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList();
        }
    }
}
