package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.failure.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
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
        Set<String> external = Set.of(
                "ServiceAccount/" + bundle,
                "PersistentVolumeClaim/" + bundle + "-data",
                "PersistentVolumeClaim/" + bundle + "-import",
                "ConfigMap/" + bundle + "-fleet-targets");
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

    /** Applying the folder of the import changes nothing; the trial is the same but for its end; the way back has its ids. */
    @Test
    void importWaitsAndOnlyReadsTheApplicationsVolume() {
        Path folder = GeneratedFiles.MANIFESTS.resolve("agent-platform");
        KubernetesObject load = job(folder.resolve("import"));
        KubernetesObject trial = job(folder.resolve("import-dry-run"));
        KubernetesObject back = job(folder.resolve("export"));
        assertThat(load.jobSpec().orElseThrow().path("suspend").asBoolean()).isTrue();
        assertThat(List.of(trial, back))
                .allMatch(job -> !job.jobSpec().orElseThrow().has("suspend"));
        for (KubernetesObject job : List.of(load, trial)) {
            assertThat(readOnly(job)).containsEntry("source", true).containsEntry("import", false);
        }
        assertThat(readOnly(back)).containsEntry("source", false).containsEntry("import", true);

        List<String> line = new ArrayList<>(args(load));
        assertThat(line)
                .containsSubsequence("import", "sqlite", "/source/agents.db", "--backup-dir", "/import")
                .containsSequence("--id-map", "/import/ids.csv");
        line.add("--dry-run");
        assertThat(args(trial)).isEqualTo(line);
        assertThat(args(back)).contains("export").containsSequence("--id-map", "/import/ids.csv");
    }

    /** Folders and Jobs that the steps of a cut-over name are there under these names. */
    @Test
    void cutOverNamesWhatIsThere() throws IOException {
        String steps = GeneratedFiles.read(Path.of("docs/import.md"));
        List<String> folders = found("kubectl apply -k (\\S+)", steps);
        assertThat(folders).hasSize(5).allSatisfy(folder -> assertThat(applied(Path.of(folder)))
                .isNotEmpty());
        List<String> jobs = found("agent-platform-migration-[-a-z0-9]+", steps);
        assertThat(everything()).extracting(KubernetesObject::name).containsAll(jobs);
        assertThat(jobs).hasSizeGreaterThan(4);
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(match.groupCount()))
                .toList();
    }

    private static KubernetesObject job(Path folder) {
        return ObjectRules.jobs(applied(folder)).get(0);
    }

    private static List<String> args(KubernetesObject job) {
        return KubernetesObject.texts(job.containers().get(0).get("args"));
    }

    /** By claim, whether nothing can be written: as a volume, so that its files keep their owner, and as a mount. */
    private static Map<String, Boolean> readOnly(KubernetesObject job) {
        Map<String, Boolean> found = new TreeMap<>();
        for (JsonNode volume : job.podSpec().orElseThrow().get("volumes")) {
            if (volume.has("persistentVolumeClaim")) {
                found.put(
                        volume.get("name").asText(),
                        volume.at("/persistentVolumeClaim/readOnly").asBoolean());
            }
        }
        for (JsonNode mount : job.containers().get(0).get("volumeMounts")) {
            String name = mount.get("name").asText();
            if (found.containsKey(name)) {
                assertThat(mount.path("readOnly").asBoolean()).as(name).isEqualTo(found.get(name));
            }
        }
        return found;
    }

    /** Targets, canaries, fleet: three hooks in this order, or three folders; the canaries are of the same targets. */
    @Test
    void fleetComesAfterItsCanaries() {
        Path folder = GeneratedFiles.MANIFESTS.resolve("bindu/fleet");
        List<KubernetesObject> hooks = applied(folder.resolve("argocd"));
        assertThat(hooks)
                .extracting(KubernetesObject::id)
                .containsExactly(
                        "ConfigMap/bindu-fleet-targets",
                        "Job/bindu-migration-20241207-0001-canary",
                        "Job/bindu-migration-20241207-0001-fleet");
        assertThat(hooks)
                .extracting(hook -> hook.weightBeforeRelease().getAsInt())
                .containsExactly(-10, -6, -5);
        List<KubernetesObject> alone =
                List.of(applied(folder.resolve("targets")).get(0), job(folder.resolve("canary")), job(folder));
        for (int i = 0; i < hooks.size(); i++) {
            KubernetesObject hook = hooks.get(i);
            assertThat(hook.id()).isEqualTo(alone.get(i).id());
            for (String content : List.of("data", "spec")) {
                assertThat(hook.json().get(content))
                        .isEqualTo(alone.get(i).json().get(content));
            }
        }
        List<String> all = new ArrayList<>(args(alone.get(2)));
        List<String> first = new ArrayList<>(args(alone.get(1)));
        assertThat(all.remove(all.size() - 1))
                .isEqualTo(alone.get(2).json().at("/spec/completions").asText());
        assertThat(all.remove(all.size() - 1)).isEqualTo("--shards");
        assertThat(first.remove(first.size() - 1)).isEqualTo("1");
        assertThat(first.remove(first.size() - 1)).isEqualTo("--canary");
        assertThat(first).isEqualTo(all);
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
        JsonNode spec = object.jobSpec().orElseThrow();
        FailurePolicy policy = FailurePolicy.of(spec);
        String permanent = IndexRules.indexed(spec) ? "FailIndex" : "FailJob";
        JsonNode ours = object.containers().get(0);
        assertThat(KubernetesObject.variable(ours, "SCHEMAJOB_BUNDLE")).isPresent();
        String container = ours.get("name").asText();
        for (ExitStatus status : ExitStatus.values()) {
            String expected = status.retry() == ExitStatus.Retry.NO ? permanent : "Count";
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
