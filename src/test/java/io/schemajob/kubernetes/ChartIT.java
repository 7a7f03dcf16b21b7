package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart as its users meet it: linted, with its own values files, beside the manifests, as a dependency. */
class ChartIT {
    private static final String LONG = ChartMatrix.LONG_RELEASE;

    @TempDir
    Path folder;

    @Test
    void lintFindsNothingForAnyValuesFile() throws IOException {
        for (Helm helm : Helm.both()) {
            for (Path values : valuesFiles()) {
                Tool.Result result = helm.tool()
                        .run(List.of(
                                "lint",
                                "--strict",
                                GeneratedFiles.CHART.toString(),
                                "--kube-version",
                                Helm.KUBERNETES,
                                "-f",
                                values.toString()));
                assertThat(result.exitCode()).as(result.out() + result.error()).isZero();
                assertThat(result.out())
                        .contains("1 chart(s) linted, 0 chart(s) failed")
                        .doesNotContain("WARNING");
            }
        }
    }

    private static List<Path> valuesFiles() throws IOException {
        try (Stream<Path> files = Files.list(GeneratedFiles.CHART.resolve("values"))) {
            return files.sorted().toList();
        }
    }

    /** Migration, rollback, verify, backup and maintenance, for each bundle. */
    @Test
    void podsAreThoseOfTheManifests() throws IOException {
        for (Helm helm : Helm.both()) {
            for (Deployment deployment : Deployment.all()) {
                same(helm, deployment, "", "Job");
                same(helm, deployment, "verify", "Pod");
                String target = "rollback.target=" + deployment.rollbackTarget();
                same(helm, deployment, "rollback", "Job", "rollback.enabled=true", target);
                same(helm, deployment, "backup", "CronJob", "backup.enabled=true");
                if (deployment.maintained()) {
                    same(helm, deployment, "maintenance", "CronJob", "maintenance.enabled=true");
                }
            }
        }
    }

    private static void same(Helm helm, Deployment deployment, String folder, String kind, String... values) {
        Path file = GeneratedFiles.CHART.resolve("values/" + deployment.bundle() + ".yaml");
        List<String> arguments = new ArrayList<>(List.of("-f", file.toString()));
        arguments.addAll(Helm.set(values));
        List<KubernetesObject> rendered = helm.objects(deployment.bundle(), GeneratedFiles.CHART, arguments);
        same(
                rendered,
                kind,
                GeneratedFiles.MANIFESTS.resolve(deployment.bundle()).resolve(folder));
    }

    private static void same(List<KubernetesObject> rendered, String kind, Path manifests) {
        same(
                rendered.stream()
                        .filter(object -> object.kind().equals(kind))
                        .findFirst()
                        .orElseThrow(),
                manifests);
    }

    /** Fails unless an object runs the pod of the Job in a folder of {@code kubernetes/}, under the same conditions. */
    static void same(KubernetesObject ours, Path manifests) {
        KubernetesObject theirs =
                ObjectRules.jobs(ManifestsTest.applied(manifests)).get(0);
        assertThat(comparable(ours)).as(theirs.id()).isEqualTo(comparable(theirs));
        if (!ours.kind().equals("Pod")) {
            assertThat(ours.podTemplate().orElseThrow().get("metadata"))
                    .isEqualTo(theirs.podTemplate().orElseThrow().get("metadata"));
            for (String field : List.of("backoffLimit", "activeDeadlineSeconds", "podFailurePolicy")) {
                assertThat(ours.jobSpec().orElseThrow().get(field))
                        .isEqualTo(theirs.jobSpec().orElseThrow().get(field));
            }
        }
    }

    /** Variables have no order; a bare Pod has its deadline in its own specification. */
    private static ObjectNode comparable(KubernetesObject object) {
        ObjectNode spec = object.podSpec().orElseThrow().deepCopy();
        spec.remove("activeDeadlineSeconds");
        for (String containers : List.of("initContainers", "containers")) {
            for (JsonNode container : spec.path(containers)) {
                ArrayNode sorted = ((ObjectNode) container).arrayNode();
                StreamSupport.stream(container.path("env").spliterator(), false)
                        .sorted(Comparator.comparing(
                                variable -> variable.get("name").asText()))
                        .forEach(sorted::add);
                ((ObjectNode) container).set("env", sorted);
            }
        }
        return spec;
    }

    @Test
    void withoutHooksTheJobIsAnotherWhenItRunsSomethingElse() {
        Helm helm = Helm.of(4);
        String none = "hooks.mode=none";
        List<String> names = Stream.of(
                        List.of(none),
                        List.of(none, "image.tag=0.2.0"),
                        List.of(none, "image.digest=sha256:" + "a".repeat(64)),
                        List.of(none, "bundle.source=configMap", "bundle.files.001_a\\.up\\.sql=SELECT 1"),
                        List.of(none, "bundle.source=configMap", "bundle.files.001_a\\.up\\.sql=SELECT 2"),
                        List.of(none, "settings.lockTimeout=1s"))
                .map(values -> jobName(helm, "orders", values))
                .toList();
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.startsWith("orders-migration-"));
        assertThat(jobName(helm, "orders", List.of(none))).isEqualTo(names.get(0));
        assertThat(jobName(helm, LONG, List.of(none))).hasSizeLessThanOrEqualTo(63);
        assertThat(jobName(helm, "orders", List.of("image.tag=0.2.0"))).isEqualTo("orders-migration");
    }

    private static String jobName(Helm helm, String release, List<String> values) {
        return helm.objects(release, values.toArray(String[]::new)).stream()
                .filter(object -> object.kind().equals("Job"))
                .findFirst()
                .orElseThrow()
                .name();
    }

    /** As in docs/helm.md; the second alias has characters that names of objects may not have. */
    @Test
    void dependsTwiceOnItInOneRelease() throws IOException {
        Path application = folder.resolve("shop");
        Files.createDirectories(application.resolve("templates"));
        Files.writeString(
                application.resolve("Chart.yaml"),
                """
                apiVersion: v2
                name: shop
                version: 1.0.0
                dependencies:
                  - {name: schemajob, version: 0.1.0, repository: "file://%s", alias: orders, condition: orders.enabled}
                  - {name: schemajob, version: 0.1.0, repository: "file://%1$s", alias: stock_DB}
                  - {name: schemajob, version: 0.1.0, repository: "file://%1$s", alias: unused, condition: unused.enabled}
                """
                        .formatted(GeneratedFiles.CHART.toAbsolutePath()));
        String values =
                """
                global: {region: eu}
                orders:
                  enabled: true
                  app: orders
                  serviceAccount: {create: true}
                  networkPolicy: {enabled: true}
                  bundle: {name: bindu}
                  credentials: {vault: {address: "https://vault:8200", role: orders, secret: kv/shop/orders/postgres}}
                stock_DB:
                  serviceAccount: {create: true}
                  networkPolicy: {enabled: true}
                  credentials: {source: secret, secret: {name: stock-db}}
                  bundle: {source: configMap, files: {001_a.up.sql: "SELECT 1;"}}
                unused: {enabled: false}
                """;
        Files.writeString(application.resolve("values.yaml"), values);
        for (Helm helm : Helm.both()) {
            helm.tool()
                    .run(List.of("dependency", "update", application.toString()))
                    .succeeded();
            for (String release : List.of("shop", LONG)) {
                List<KubernetesObject> objects = helm.objects(release, application, List.of());
                ObjectRules.check(objects, Set.of("Secret/stock-db"));
                assertThat(ObjectRules.jobs(objects)).hasSize(2);
                assertThat(objects.stream()
                                .filter(object -> object.kind().equals("NetworkPolicy"))
                                .map(object -> object.json().at("/spec/podSelector")))
                        .doesNotHaveDuplicates();
            }
            assertThat(helm.objects("shop", application, List.of()))
                    .extracting(KubernetesObject::id)
                    .contains(
                            "Job/shop-orders-migration",
                            "Job/shop-stock-db-migration",
                            "ConfigMap/shop-stock-db-bundle");
        }
    }

    @Test
    void notesSayWhereToLook() {
        assertThat(Helm.of(4).notes("agent-executor", Helm.agentExecutor()))
                .contains("kubectl logs -n bizmatters -l app.kubernetes.io/instance=agent-executor,"
                        + "app.kubernetes.io/component=migration -c migrate")
                .contains("helm test agent-executor -n bizmatters --logs")
                .contains("helm rollback agent-executor REVISION -n bizmatters --no-hooks")
                .contains("The ServiceAccount agent-executor must exist before the release");
    }
}
