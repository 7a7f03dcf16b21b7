package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules notice what they are for: each change of a good Job breaks one. */
class ObjectRulesTest {
    private static final Set<String> EXTERNAL = Set.of("ServiceAccount/agent-executor");

    private static final Map<String, Consumer<ObjectNode>> FAULTS = Map.ofEntries(
            Map.entry("selector", job -> spec(job).putObject("selector")),
            Map.entry("ttl of a hook", job -> spec(job).put("ttlSecondsAfterFinished", 60)),
            Map.entry("two families", job -> annotations(job).put("helm.sh/hook", "pre-install")),
            Map.entry("no limit of tries", job -> spec(job).remove("backoffLimit")),
            Map.entry("no policy", job -> spec(job).remove("podFailurePolicy")),
            Map.entry("deadline too early", job -> spec(job).put("activeDeadlineSeconds", 200)),
            Map.entry("deadline of the pod", job -> pod(job).put("activeDeadlineSeconds", 100)),
            Map.entry("restart", job -> pod(job).put("restartPolicy", "OnFailure")),
            Map.entry("token mounted", job -> pod(job).put("automountServiceAccountToken", true)),
            Map.entry("other account", job -> pod(job).put("serviceAccountName", "nobody-made-it")),
            Map.entry("unknown Secret", job -> env(job).addObject()
                    .put("name", "A")
                    .putObject("valueFrom")
                    .putObject("secretKeyRef")
                    .put("name", "app")),
            Map.entry(
                    "password",
                    job -> env(job).addObject().put("name", "PGPASSWORD").put("value", "x")),
            Map.entry(
                    "password in a URL",
                    job -> env(job).addObject().put("name", "U").put("value", "postgres://u:p@db/x")),
            Map.entry("root", job -> ((ObjectNode) pod(job).get("securityContext")).put("runAsNonRoot", false)),
            Map.entry("seccomp", job -> ((ObjectNode) pod(job).get("securityContext")).remove("seccompProfile")),
            Map.entry(
                    "capabilities", job -> ((ObjectNode) container(job).get("securityContext")).remove("capabilities")),
            Map.entry("host network", job -> pod(job).put("hostNetwork", true)),
            Map.entry("host path", job -> ((ArrayNode) pod(job).get("volumes"))
                    .addObject()
                    .put("name", "h")
                    .putObject("hostPath")
                    .put("path", "/")),
            Map.entry("unknown volume", job -> ((ObjectNode) container(job).at("/volumeMounts/0")).put("name", "none")),
            Map.entry("writable root", job -> ((ObjectNode) container(job).get("securityContext"))
                    .put("readOnlyRootFilesystem", false)),
            Map.entry("selected by a Service", job -> ((ObjectNode) spec(job).at("/template/metadata/labels"))
                    .put("app", "agent-executor")),
            Map.entry("long name", job -> ((ObjectNode) job.get("metadata")).put("name", "n".repeat(64))),
            Map.entry("termination message", job -> container(job).remove("terminationMessagePolicy")));

    private static final Map<String, Consumer<ObjectNode>> FAULTS_OF_INDEXES = Map.ofEntries(
            Map.entry("limit of all indexes", job -> spec(job).put("backoffLimit", 3)),
            Map.entry("no limit of an index", job -> spec(job).remove("backoffLimitPerIndex")),
            Map.entry("more failed than there are", job -> spec(job).put("maxFailedIndexes", 5)),
            Map.entry("no shard for the last index", job -> spec(job).put("completions", 5)),
            Map.entry("no indexes", job -> spec(job).remove("completionMode")),
            Map.entry("long host name", job -> ((ObjectNode) job.get("metadata")).put("name", "n".repeat(62))),
            Map.entry("a broken shard fails all", job -> ((ObjectNode) spec(job).at("/podFailurePolicy/rules/1"))
                    .put("action", "FailJob")));

    private static Set<String> faultsOfIndexes() {
        return FAULTS_OF_INDEXES.keySet();
    }

    @ParameterizedTest
    @MethodSource("faultsOfIndexes")
    void noticesAFaultOfAFleet(String fault) {
        KubernetesObject fleet = ManifestsTest.applied(GeneratedFiles.MANIFESTS.resolve("bindu/fleet"))
                .get(0);
        Set<String> external = Set.of("ServiceAccount/bindu", "ConfigMap/bindu-fleet-targets");
        ObjectRules.check(List.of(fleet), external);
        FAULTS_OF_INDEXES.get(fault).accept(fleet.json());
        assertThatThrownBy(() -> ObjectRules.check(List.of(fleet), external)).isInstanceOf(AssertionError.class);
    }

    private static Set<String> faults() {
        return FAULTS.keySet();
    }

    /** The PreSync hook of agent-executor. */
    private static ObjectNode good() {
        return ManifestsTest.applied(GeneratedFiles.MANIFESTS.resolve("agent-executor/argocd"))
                .get(0)
                .json();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void noticesAFault(String fault) {
        ObjectNode job = good();
        FAULTS.get(fault).accept(job);
        assertThatThrownBy(() -> ObjectRules.check(List.of(new KubernetesObject(job)), EXTERNAL))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void acceptsWhatIsExternalOrAnEarlierHookAndNothingElse() {
        ObjectNode account =
                KubernetesYaml.object("{apiVersion: v1, kind: ServiceAccount, metadata: {name: agent-executor,"
                        + " namespace: bizmatters, annotations: {argocd.argoproj.io/hook: PreSync}}}");
        List<KubernetesObject> objects = List.of(new KubernetesObject(good()), new KubernetesObject(account));

        annotations(account).put("argocd.argoproj.io/sync-wave", "-10");
        assertThatCode(() -> ObjectRules.check(objects, Set.of())).doesNotThrowAnyException();
        annotations(account).put("argocd.argoproj.io/sync-wave", "-5");
        assertThatThrownBy(() -> ObjectRules.check(objects, Set.of())).isInstanceOf(AssertionError.class);
        ((ObjectNode) account.get("metadata")).remove("annotations");
        assertThatThrownBy(() -> ObjectRules.check(objects, Set.of())).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> ObjectRules.check(List.of(new KubernetesObject(good())), Set.of()))
                .isInstanceOf(AssertionError.class);
        assertThatCode(() -> ObjectRules.check(List.of(new KubernetesObject(good())), EXTERNAL))
                .doesNotThrowAnyException();
    }

    private static ObjectNode annotations(ObjectNode object) {
        return (ObjectNode) object.at("/metadata/annotations");
    }

    private static ObjectNode spec(ObjectNode job) {
        return (ObjectNode) job.get("spec");
    }

    private static ObjectNode pod(ObjectNode job) {
        return (ObjectNode) job.at("/spec/template/spec");
    }

    private static ObjectNode container(ObjectNode job) {
        return (ObjectNode) job.at("/spec/template/spec/containers/0");
    }

    private static ArrayNode env(ObjectNode job) {
        return (ArrayNode) container(job).get("env");
    }
}
