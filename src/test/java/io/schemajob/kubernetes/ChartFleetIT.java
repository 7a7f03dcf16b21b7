package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.testing.TemporaryFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fleet of the chart: the pods of the manifests, canaries before the fleet, each value where it belongs. */
class ChartFleetIT {
    private static final Path VALUES = GeneratedFiles.CHART.resolve("values/bindu-fleet.yaml");
    private static final Path MANIFESTS = GeneratedFiles.MANIFESTS.resolve("bindu/fleet");

    private static List<KubernetesObject> render(Helm helm, String... values) {
        List<String> arguments = new ArrayList<>(List.of("-f", VALUES.toString()));
        arguments.addAll(Helm.set(values));
        return helm.objects("bindu", GeneratedFiles.CHART, arguments);
    }

    private static KubernetesObject only(List<KubernetesObject> objects, String kind, String component) {
        List<KubernetesObject> found = objects.stream()
                .filter(object -> object.kind().equals(kind))
                .filter(object ->
                        object.label("app.kubernetes.io/component").asText().equals(component))
                .toList();
        assertThat(found).as("%s of %s in %s", kind, component, objects).hasSize(1);
        return found.get(0);
    }

    @Test
    void podsAreThoseOfTheManifests() {
        for (Helm helm : Helm.both()) {
            List<KubernetesObject> objects = render(helm);
            KubernetesObject fleet = only(objects, "Job", "fleet");
            ChartIT.same(fleet, MANIFESTS);
            for (String field : List.of(
                    "completionMode", "completions", "parallelism", "backoffLimitPerIndex", "maxFailedIndexes")) {
                assertThat(fleet.json().at("/spec").get(field))
                        .as(field)
                        .isEqualTo(ObjectRules.jobs(ManifestsTest.applied(MANIFESTS))
                                .get(0)
                                .json()
                                .at("/spec")
                                .get(field));
            }
            ChartIT.same(only(objects, "Job", "canary"), MANIFESTS.resolve("canary"));
            ChartIT.same(only(objects, "Pod", "verify"), MANIFESTS.resolve("verify"));
            KubernetesObject targets = only(objects, "ConfigMap", "fleet");
            KubernetesObject theirs =
                    ManifestsTest.applied(MANIFESTS.resolve("targets")).get(0);
            assertThat(targets.id()).isEqualTo(theirs.id());
            assertThat(targetsOf(targets)).isEqualTo(targetsOf(theirs));
        }
    }

    private static JsonNode targetsOf(KubernetesObject configMap) {
        return KubernetesYaml.object(
                configMap.json().at("/data").path("targets.yaml").asText());
    }

    /** The targets before the canaries, the canaries before the fleet, and the fleet before the release. */
    @Test
    void canariesComeBeforeTheFleet() {
        for (Helm helm : Helm.both()) {
            for (String mode : List.of("helm", "argocd")) {
                List<KubernetesObject> objects = render(helm, "hooks.mode=" + mode, "hooks.weight=3");
                ObjectRules.check(objects, Set.of("ServiceAccount/bindu"));
                assertThat(only(objects, "ConfigMap", "fleet").weightBeforeRelease())
                        .hasValue(-2);
                KubernetesObject canary = only(objects, "Job", "canary");
                assertThat(canary.weightBeforeRelease()).hasValue(2);
                assertThat(canary.hookFamily()).contains(mode);
                ManifestsTest.checkPolicy(canary);
                assertThat(only(objects, "Job", "fleet").weightBeforeRelease()).hasValue(3);
            }
            List<KubernetesObject> none = render(helm, "hooks.mode=none", "fleet.canary.count=0");
            ObjectRules.check(none, Set.of("ServiceAccount/bindu"));
            assertThat(ObjectRules.jobs(none)).hasSize(1);
            assertThat(none).allMatch(object -> object.weightBeforeRelease().isEmpty());
        }
    }

    @Test
    void eachValueIsWhereItBelongs() {
        List<KubernetesObject> objects = render(
                Helm.of(4),
                "fleet.shards=20",
                "fleet.parallelism=5",
                "fleet.parallelTargets=6",
                "fleet.perServer=3",
                "fleet.maxFailures=7",
                "fleet.backoffLimitPerIndex=2",
                "fleet.maxFailedIndexes=4",
                "fleet.deadlineSeconds=100",
                "fleet.activeDeadlineSeconds=500",
                "fleet.canary.count=0",
                "fleet.canary.only={acme,globex}",
                "migrate.target=20241207_0001",
                "migrate.verify=false");
        KubernetesObject fleet = only(objects, "Job", "fleet");
        JsonNode spec = fleet.json().at("/spec");
        assertThat(spec.get("completions").asInt()).isEqualTo(20);
        assertThat(spec.get("parallelism").asInt()).isEqualTo(5);
        assertThat(spec.get("backoffLimitPerIndex").asInt()).isEqualTo(2);
        assertThat(spec.get("maxFailedIndexes").asInt()).isEqualTo(4);
        assertThat(spec.get("activeDeadlineSeconds").asInt()).isEqualTo(500);
        JsonNode container = fleet.containers().get(0);
        assertThat(KubernetesObject.variable(container, "SCHEMAJOB_DEADLINE")).contains("100s");
        String common = "fleet migrate 20241207_0001 --no-verify --targets /fleet/targets.yaml --parallel 6"
                + " --per-server 3 --max-failures 7 ";
        assertThat(line(fleet)).isEqualTo(common + "--shards 20");
        assertThat(line(only(objects, "Job", "canary"))).isEqualTo(common + "--only acme --only globex");
    }

    /** Of the three sources, each has its option and, unless it is Vault, its volume. */
    @Test
    void eachSourceHasItsOption() {
        String empty = "fleet.targets.list=null";
        List<KubernetesObject> query = render(
                Helm.of(4), empty, "fleet.targets.query=SELECT name FROM tenants", "fleet.targets.allowEmpty=true");
        assertThat(line(only(query, "Job", "fleet"))).contains("--targets-query /fleet/targets.sql --allow-empty ");
        assertThat(only(query, "ConfigMap", "fleet")
                        .json()
                        .at("/data")
                        .path("targets.sql")
                        .asText())
                .isEqualTo("SELECT name FROM tenants");

        List<KubernetesObject> existing = render(Helm.of(4), empty, "fleet.targets.configMap=tenants");
        assertThat(line(only(existing, "Job", "fleet"))).contains("--targets /fleet/targets.yaml ");
        assertThat(References.of(only(existing, "Job", "fleet"))).contains("ConfigMap/tenants");
        assertThat(existing).extracting(KubernetesObject::kind).doesNotContain("ConfigMap");

        // Each target has a secret of its own, so the common one is not asked for.
        List<KubernetesObject> vault =
                render(Helm.of(4), empty, "fleet.targets.vault=kv/tenants/", "credentials.vault.secret=");
        KubernetesObject fleet = only(vault, "Job", "fleet");
        assertThat(line(fleet)).contains("--targets-vault kv/tenants/ ");
        assertThat(References.of(fleet)).containsExactly("ServiceAccount/bindu");
        assertThat(KubernetesObject.variable(fleet.containers().get(0), "SCHEMAJOB_VAULT_SECRET"))
                .isEmpty();
    }

    /** A shard that is retried would take its completed targets one step further. */
    @Test
    void refusesSteps() {
        Tool.Result refused = Helm.of(4)
                .template(
                        "bindu",
                        GeneratedFiles.CHART,
                        List.of("-f", VALUES.toString(), "--set-string", "migrate.target=+1"));
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.error()).contains("would migrate its completed targets further");
    }

    /** The pods would wait for a schema that nobody migrates. */
    @Test
    void refusesToWaitForOneSchema(@TempDir Path folder) throws IOException {
        Path chart = folder.resolve("chart");
        TemporaryFolders.copy(GeneratedFiles.CHART, chart);
        Files.writeString(chart.resolve("templates/waiting.yaml"), "a: {{ include \"schemajob.wait\" . | toJson }}\n");
        Tool.Result refused = Helm.of(4).template("bindu", chart, List.of("-f", VALUES.toString()));
        assertThat(refused.error()).contains("schemajob.wait waits for one schema");
    }

    @Test
    void withoutHooksTheJobIsAnotherForOtherTargets() {
        List<String> names = List.of("a", "a", "b").stream()
                .map(schema -> render(
                        Helm.of(4),
                        "hooks.mode=none",
                        "fleet.canary.count=0",
                        "fleet.targets.list[0].name=acme",
                        "fleet.targets.list[0].schema=" + schema))
                .map(objects -> only(objects, "Job", "fleet").name())
                .toList();
        assertThat(names.get(0)).isEqualTo(names.get(1)).matches("bindu-fleet-[0-9a-f]{10}");
        assertThat(names.get(2)).isNotEqualTo(names.get(0));
    }

    @Test
    void notesSayWhichShardsFailed() {
        String notes = Helm.of(4).notes("bindu", List.of("-f", VALUES.toString()));
        assertThat(notes)
                .contains("Schemajob runs fleet migrate on the bundle bindu before everything else")
                .contains("The fleet has 4 shards, 2 at once.")
                .contains("{.status.failedIndexes}", "terminated.message")
                .contains("app.kubernetes.io/component=canary -c migrate");
    }

    private static String line(KubernetesObject job) {
        return String.join(" ", KubernetesObject.texts(job.containers().get(0).get("args")));
    }
}
