package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The import of the chart: the pods of the manifests, each value where it belongs, and how it is started. */
class ChartImportIT {
    private static final Path VALUES = GeneratedFiles.CHART.resolve("values/agent-platform-import.yaml");
    private static final Path MANIFESTS = GeneratedFiles.MANIFESTS.resolve("agent-platform");

    private static List<KubernetesObject> render(Helm helm, String... values) {
        List<String> arguments = new ArrayList<>(List.of("-f", VALUES.toString()));
        arguments.addAll(Helm.set(values));
        return helm.objects("agent-platform", GeneratedFiles.CHART, arguments);
    }

    private static KubernetesObject only(List<KubernetesObject> objects, String kind) {
        List<KubernetesObject> found = objects.stream()
                .filter(object -> object.kind().equals(kind))
                .filter(object ->
                        object.label("app.kubernetes.io/component").asText().equals("import"))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void podsAreThoseOfTheManifests() {
        for (Helm helm : Helm.both()) {
            KubernetesObject waiting = only(render(helm), "Job");
            ChartIT.same(waiting, MANIFESTS.resolve("import"));
            assertThat(waiting.json().at("/spec/suspend").asBoolean()).isTrue();
            KubernetesObject hook = only(render(helm, "import.suspend=false", "import.claim.create=false"), "Job");
            ChartIT.same(hook, MANIFESTS.resolve("import"));
            assertThat(hook.json().at("/spec").has("suspend")).isFalse();
            ChartIT.same(only(render(helm, "import.dryRun=true"), "Job"), MANIFESTS.resolve("import-dry-run"));
        }
    }

    @Test
    void claimIsThatOfTheManifestsAndOutlivesTheRelease() {
        List<KubernetesObject> objects = render(Helm.of(3));
        ObjectRules.check(
                objects, Set.of("ServiceAccount/agent-platform", "PersistentVolumeClaim/agent-platform-data"));
        KubernetesObject claim = only(objects, "PersistentVolumeClaim");
        KubernetesObject theirs =
                ManifestsTest.applied(MANIFESTS.resolve("import")).get(0);
        assertThat(claim.id()).isEqualTo(theirs.id());
        assertThat(claim.json().get("spec")).isEqualTo(theirs.json().get("spec"));
        assertThat(claim.annotations().path("helm.sh/resource-policy").asText()).isEqualTo("keep");
        JsonNode other = only(
                        render(
                                Helm.of(3),
                                "import.claim.name=x",
                                "import.claim.size=4Ti",
                                "import.claim.storageClassName=fast"),
                        "PersistentVolumeClaim")
                .json();
        assertThat(other.at("/metadata/name").asText()).isEqualTo("x");
        assertThat(other.at("/spec/resources/requests/storage").asText()).isEqualTo("4Ti");
        assertThat(other.at("/spec/storageClassName").asText()).isEqualTo("fast");
        assertThat(render(Helm.of(3), "import.claim.create=false"))
                .extracting(KubernetesObject::kind)
                .doesNotContain("PersistentVolumeClaim");
    }

    @Test
    void eachValueIsWhereItBelongs() {
        KubernetesObject job = only(
                render(
                        Helm.of(4),
                        "import.file=phase1/old.db",
                        "import.source.subPath=db",
                        "import.idMap=",
                        "import.rejects=r.jsonl",
                        "import.batchSize=500",
                        "import.timeoutSeconds=1200",
                        "import.deadlineSeconds=1500",
                        "import.activeDeadlineSeconds=3600",
                        "import.resources.limits.memory=1Gi",
                        "import.dryRun=true"),
                "Job");
        JsonNode container = job.containers().get(0);
        assertThat(KubernetesObject.texts(container.get("args")))
                .containsExactly(
                        "import",
                        "sqlite",
                        "/source/phase1/old.db",
                        "--backup-dir",
                        "/import",
                        "--batch-size",
                        "500",
                        "--timeout",
                        "1200s",
                        "--rejects",
                        "/import/r.jsonl",
                        "--dry-run");
        assertThat(container.at("/volumeMounts").toString())
                .contains("{\"name\":\"source\",\"mountPath\":\"/source\",\"readOnly\":true,\"subPath\":\"db\"}");
        assertThat(KubernetesObject.variable(container, "SCHEMAJOB_DEADLINE")).contains("1500s");
        assertThat(job.json().at("/spec/activeDeadlineSeconds").asInt()).isEqualTo(3600);
        assertThat(container.at("/resources/limits/memory").asText()).isEqualTo("1Gi");
        assertThat(container.at("/resources/limits/cpu").asText()).isEqualTo("2");
    }

    /** The name of a Job that cannot be changed says what it runs, and the notes say that name. */
    @Test
    void notesSayHowToStartIt() {
        String name = only(render(Helm.of(4)), "Job").name();
        assertThat(name).matches("agent-platform-import-[0-9a-f]{10}");
        assertThat(only(render(Helm.of(4), "import.batchSize=500"), "Job").name())
                .isNotEqualTo(name);
        assertThat(notes("import.suspend=true"))
                .contains(
                        "kubectl patch job " + name + " -n bizmatters --type merge -p '{\"spec\":{\"suspend\":false}}'")
                .contains("app.kubernetes.io/component=import -c import")
                .contains("Set import.enabled to false");
        assertThat(notes("import.suspend=false", "import.claim.create=false"))
                .contains("after the migration and before everything else of this release")
                .contains("app.kubernetes.io/component=import -c import")
                .doesNotContain("kubectl patch");
        assertThat(notes("import.enabled=false")).doesNotContain("SQLite", "component=import");
    }

    private static String notes(String... values) {
        List<String> arguments = new ArrayList<>(List.of("-f", VALUES.toString()));
        arguments.addAll(Helm.set(values));
        return Helm.of(4).notes("agent-platform", arguments);
    }
}
