package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests of each bundle: the names that users of the bundles know, and what no cluster refuses. */
class ManifestsTest {
    private static List<String> bundles() {
        return Deployment.all().stream().map(Deployment::bundle).toList();
    }

    /** What {@code kubectl apply -k} sends: the resources of a kustomization. */
    static List<KubernetesObject> applied(Path folder) {
        JsonNode kustomization = KubernetesYaml.object(GeneratedFiles.read(folder.resolve("kustomization.yaml")));
        return KubernetesObject.texts(kustomization.get("resources")).stream()
                .flatMap(file -> KubernetesYaml.objects(GeneratedFiles.read(folder.resolve(file))).stream())
                .map(KubernetesObject::new)
                .toList();
    }

    /** Every object of every bundle. */
    static List<KubernetesObject> everything() throws IOException {
        List<KubernetesObject> objects = new ArrayList<>();
        for (String bundle : bundles()) {
            kustomizations(bundle).forEach(folder -> objects.addAll(applied(folder)));
        }
        return objects;
    }

    private static List<Path> kustomizations(String bundle) throws IOException {
        try (Stream<Path> files = Files.walk(GeneratedFiles.MANIFESTS.resolve(bundle))) {
            return files.filter(Files::isDirectory).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void rulesHoldForEveryKustomization(String bundle) throws IOException {
        Set<String> external = Set.of("ServiceAccount/" + bundle);
        for (Path folder : kustomizations(bundle)) {
            ObjectRules.check(applied(folder), external);
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.filter(Files::isRegularFile))
                        .hasSize(applied(folder).size() + 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void nothingThatIsAppliedTogetherTakesMigrationsBack(String bundle) {
        Path folder = GeneratedFiles.MANIFESTS.resolve(bundle);
        assertThat(applied(folder))
                .extracting(KubernetesObject::kind)
                .containsExactly("ServiceAccount", "NetworkPolicy", "ConfigMap", "Job");
        assertThat(applied(folder).toString()).doesNotContain("\"rollback\"");
    }

    @Test
    void namesOfAgentExecutorAreThoseOfItsGuide() {
        Path folder = GeneratedFiles.MANIFESTS.resolve("agent-executor");
        assertThat(applied(folder))
                .extracting(KubernetesObject::id)
                .contains(
                        "ServiceAccount/agent-executor",
                        "ConfigMap/agent-executor-migrations-001",
                        "Job/agent-executor-migration-001");
        assertThat(applied(folder)).allSatisfy(object -> {
            assertThat(object.json().at("/metadata/namespace").asText()).isEqualTo("bizmatters");
            assertThat(object.label("app").asText()).isEqualTo("agent-executor");
        });
        assertThat(applied(folder.resolve("rollback")))
                .extracting(KubernetesObject::id)
                .containsExactly("Job/agent-executor-migration-001-rollback");
        KubernetesObject preSync = applied(folder.resolve("argocd")).get(0);
        assertThat(preSync.id()).isEqualTo("Job/agent-executor-migration-001");
        assertThat(preSync.annotations().path("argocd.argoproj.io/hook").asText())
                .isEqualTo("PreSync");
        assertThat(preSync.annotations()
                        .path("argocd.argoproj.io/hook-delete-policy")
                        .asText())
                .isEqualTo("BeforeHookCreation");
        assertThat(applied(folder.resolve("backup")))
                .extracting(KubernetesObject::id)
                .contains("CronJob/agent-executor-checkpoint-backup");
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void policyDoesWithEveryExitCodeWhatTheTableSays(String bundle) throws IOException {
        for (Path folder : kustomizations(bundle)) {
            for (KubernetesObject object : ObjectRules.jobs(applied(folder))) {
                checkPolicy(object);
            }
        }
    }

    /** For the container that is ours; for every code, whether or not Kubernetes itself has ended the pod. */
    static void checkPolicy(KubernetesObject object) {
        FailurePolicy policy = FailurePolicy.of(object.jobSpec().orElseThrow());
        JsonNode ours = object.containers().get(0);
        assertThat(KubernetesObject.variable(ours, "SCHEMAJOB_BUNDLE")).isPresent();
        String container = ours.get("name").asText();
        for (ExitStatus status : ExitStatus.values()) {
            String expected = status.retry() == ExitStatus.Retry.NO ? "FailJob" : "Count";
            assertThat(policy.action(container, status.code(), false))
                    .as("%s on %s", object.id(), status)
                    .isEqualTo(expected);
            assertThat(policy.action(container, status.code(), true)).isEqualTo("Ignore");
        }
        assertThat(policy.action(container, 137, false)).as("out of memory").isEqualTo("Count");
        assertThat(policy.action("istio-proxy", ExitStatus.CONFIG.code(), false))
                .as("somebody else's container")
                .isEqualTo("Count");
    }

    @Test
    void networkPolicyLetsNothingElseThrough() {
        JsonNode spec = applied(GeneratedFiles.MANIFESTS.resolve("agent-executor"))
                .get(1)
                .json()
                .get("spec");
        assertThat(KubernetesObject.texts(spec.get("policyTypes"))).containsExactly("Ingress", "Egress");
        assertThat(spec.get("ingress")).isEmpty();
        assertThat(spec.get("egress")).allSatisfy(rule -> {
            assertThat(rule.path("to")).isNotEmpty();
            assertThat(rule.path("ports")).isNotEmpty();
        });
        assertThat(spec.findValuesAsText("port")).containsExactly("53", "53", "8200", "5432");
    }
}
