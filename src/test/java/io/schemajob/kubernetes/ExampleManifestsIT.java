package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.TemporaryFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that a cluster runs: rendered, held against every rule and schema, and their Jobs run on a server. */
class ExampleManifestsIT {
    private static final Path EXAMPLES = Path.of("examples");
    private static final Path OWN_SQL = EXAMPLES.resolve("own-image/bundles/orders");

    @TempDir
    Path folder;

    @Test
    void theChartMigratesBeforeTheRelease() throws IOException {
        Path chart = withDependency();
        for (Helm helm : Helm.both()) {
            List<KubernetesObject> objects = helm.objects("shop", chart, List.of());
            ObjectRules.check(objects, Set.of("Secret/shop-db"));
            KubernetesObject job = ObjectRules.jobs(objects).get(0);
            assertThat(job.hookFamily()).contains("helm");
            assertThat(pods(objects).has("initContainers")).isFalse();
            valid(objects);
        }
        List<KubernetesObject> objects = Helm.of(4).objects("shop", chart, List.of());
        KubernetesObject job = ObjectRules.jobs(objects).get(0);
        runs(job, ContainerRun.configMaps(job, objects, folder));
    }

    @Test
    void withoutAHookThePodsOfTheChartWait() throws IOException {
        Path chart = withDependency();
        List<String> values =
                List.of("--values", chart.resolve("values-without-hook.yaml").toString());
        for (Helm helm : Helm.both()) {
            List<KubernetesObject> objects = helm.objects("shop", chart, values);
            ObjectRules.check(objects, Set.of("Secret/shop-db"));
            KubernetesObject job = ObjectRules.jobs(objects).get(0);
            assertThat(job.hookFamily()).isEmpty();
            assertThat(objects).extracting(KubernetesObject::kind).doesNotContain("ConfigMap");
            JsonNode waiting = pods(objects).at("/initContainers/0");
            assertThat(waiting.path("args").toString()).contains("wait");
            JsonNode migrating = job.containers().get(0);
            for (String same : List.of("image", "env")) {
                assertThat(waiting.get(same)).isEqualTo(migrating.get(same));
            }
            valid(objects);
        }
        runs(ObjectRules.jobs(Helm.of(4).objects("shop", chart, values)).get(0), Map.of("/bundles/orders", OWN_SQL));
    }

    @Test
    void argoCdMigratesBeforeTheSync() throws IOException {
        Path example = EXAMPLES.resolve("argo-cd");
        ObjectNode application = KubernetesYaml.object(GeneratedFiles.read(example.resolve("application.yaml")));
        assertThat(application.at("/kind").asText()).isEqualTo("Application");
        List<KubernetesObject> objects =
                kustomized(example.resolve(application.at("/spec/source/path").asText()));
        ObjectRules.check(objects, Set.of("Secret/orders-db"));
        valid(objects);
        assertThat(objects)
                .extracting(object -> object.json().at("/metadata/namespace"))
                .containsOnly(application.at("/spec/destination/namespace"));
        KubernetesObject job = ObjectRules.jobs(objects).get(0);
        assertThat(job.hookFamily()).contains("argocd");
        ManifestsTest.checkPolicy(job);
        runs(job, Map.of("/bundles/orders", OWN_SQL));
    }

    @Test
    void theOverlayNeedsNoVault() throws IOException {
        List<KubernetesObject> objects = kustomized(EXAMPLES.resolve("kustomize"));
        ObjectRules.check(objects, Set.of("Secret/agent-executor-db"));
        valid(objects);
        assertThat(objects).hasSize(4).allSatisfy(object -> {
            assertThat(object.json().at("/metadata/namespace").asText()).isEqualTo("shop");
            assertThat(object.json().toString()).doesNotContainIgnoringCase("vault");
        });
        KubernetesObject job = ObjectRules.jobs(objects).get(0);
        assertThat(job.containers().get(0).path("image").asText()).isEqualTo("registry.example.com/schemajob:0.1.0");
        runs(job, Map.of());
    }

    /** The chart of the example beside ours, as in the repository: Helm writes into the folder. */
    private Path withDependency() throws IOException {
        Path copy = folder.resolve("examples/helm-subchart");
        TemporaryFolders.copy(EXAMPLES.resolve("helm-subchart"), copy);
        TemporaryFolders.copy(GeneratedFiles.CHART, folder.resolve(GeneratedFiles.CHART));
        Helm.of(4).tool().run(List.of("dependency", "update", copy.toString())).succeeded();
        return copy;
    }

    private static List<KubernetesObject> kustomized(Path kustomization) {
        return KubernetesObject.of(KubernetesYaml.objects(Tool.of("kustomize")
                .run(List.of("build", kustomization.toString()))
                .succeeded()
                .out()));
    }

    private static JsonNode pods(List<KubernetesObject> objects) {
        return objects.stream()
                .filter(object -> object.kind().equals("Deployment"))
                .findFirst()
                .orElseThrow()
                .json()
                .at("/spec/template/spec");
    }

    private static void valid(List<KubernetesObject> objects) throws IOException {
        assertThat(StrictSchemas.check(objects)).contains("VERSIONS").doesNotContain("INVALID");
    }

    /** The container as a process, on a server of the tests, which has no TLS. */
    private static void runs(KubernetesObject job, Map<String, Path> bundles) {
        Postgres.Database database = Postgres.version(16).createDatabase();
        JsonNode container = job.containers().get(0);
        for (JsonNode variable : container.get("env")) {
            String name = variable.get("name").asText();
            assertThat(variable.at("/valueFrom/secretKeyRef/key").asText(""))
                    .isEqualTo(name.equals("DATABASE_URL") ? "uri" : "");
        }
        App.Result result = ContainerRun.of(job, bundles)
                .env("PGSSLMODE", "prefer")
                .secret(database.password())
                .env("DATABASE_URL", database.url())
                .run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.out()).contains("Migration 001 applied successfully", "verified");
    }
}
