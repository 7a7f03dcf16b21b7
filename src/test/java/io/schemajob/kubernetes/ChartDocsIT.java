package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.testing.DocBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages show of the chart renders as it stands there. */
class ChartDocsIT {
    @TempDir
    Path folder;

    /** The release that the README installs runs the user's bundle from the user's image. */
    @Test
    void theReleaseOfTheReadmeRenders() {
        String block = DocBlock.all("README.md").stream()
                .map(DocBlock::text)
                .filter(text -> text.contains("bundle.source=path"))
                .findFirst()
                .orElseThrow();
        String values = block.substring(block.indexOf("--set ")).replace("\\\n", " ");
        List<KubernetesObject> objects = Helm.of(4)
                .objects(
                        "orders-schema",
                        GeneratedFiles.CHART,
                        List.of(values.strip().split("\\s+")));
        assertThat(objects).extracting(KubernetesObject::id).contains("ServiceAccount/orders-schema");
        assertThat(only(objects, "Job").json().toString())
                .contains("registry.example.com/orders-schema:1.4.0", "/bundles/orders", "kv/shop/orders/postgres");
    }

    /** Dependencies, values of the application, its pods that wait. */
    @Test
    void theApplicationOfThePageRenders() throws IOException {
        Path application = Files.createDirectories(folder.resolve("application"));
        String repository = "file://" + GeneratedFiles.CHART.toAbsolutePath();
        Files.writeString(
                application.resolve("Chart.yaml"),
                "apiVersion: v2\nname: shop\nversion: 1.0.0\n"
                        + block("helm", "dependencies:").replace("file://../schemajob", repository));
        Files.writeString(application.resolve("values.yaml"), block("helm", "# values.yaml of the application"));
        Path deployment = application.resolve("templates/deployment.yaml");
        Files.createDirectories(deployment.getParent());
        Files.writeString(deployment, block("helm", "# templates/deployment.yaml"));
        Helm helm = Helm.of(4);
        helm.tool().run(List.of("dependency", "update", application.toString())).succeeded();

        List<KubernetesObject> objects = helm.objects("shop", application, List.of());
        List<KubernetesObject> ours = objects.stream()
                .filter(object -> !object.kind().equals("Deployment"))
                .toList();
        ObjectRules.check(ours, Set.of("Secret/stock-db"));
        assertThat(objects)
                .extracting(KubernetesObject::id)
                .contains("Job/shop-orders-migration", "Job/shop-stock-migration");
        JsonNode waiting = only(objects, "Deployment").json().at("/spec/template/spec/initContainers/0");
        assertThat(waiting.path("name").asText()).isEqualTo("shop-orders-wait");
        assertThat(waiting.path("args").toString()).isEqualTo("[\"wait\",\"--timeout\",\"0\",\"--deadline\",\"0\"]");
        assertThat(waiting.path("env").toString()).contains("kv/shop/orders/postgres", "/bundles/orders");
        assertThat(StrictSchemas.check(objects)).contains("VERSIONS").doesNotContain("INVALID");
    }

    @Test
    void ownSqlRenders() throws IOException {
        assertThat(render("orders", block("helm", "bundle:\n")))
                .extracting(KubernetesObject::id)
                .contains("ConfigMap/orders-bundle");
    }

    /** Flux knows every field, and the values of the release make a hook. */
    @Test
    void theReleaseOfFluxRenders() throws IOException {
        List<ObjectNode> objects = KubernetesYaml.objects(block("helm", "apiVersion: source.toolkit.fluxcd.io/v1"));
        assertThat(FluxDefinitions.check(objects)).isEqualTo("CHECKED 3\n");
        ObjectNode repository = objects.get(0);
        ObjectNode schema = objects.get(1);
        assertThat(schema.at("/spec/chart/spec/chart").asText()).isEqualTo(GeneratedFiles.CHART.toString());
        assertThat(schema.at("/spec/chart/spec/sourceRef/name")).isEqualTo(repository.at("/metadata/name"));
        assertThat(objects.get(2).at("/spec/dependsOn/0/name")).isEqualTo(schema.at("/metadata/name"));

        List<KubernetesObject> rendered = render(
                schema.at("/metadata/name").asText(), KubernetesYaml.text((ObjectNode) schema.at("/spec/values")));
        ObjectRules.check(rendered, Set.of("Secret/orders-db"));
        assertThat(only(rendered, "Job").hookFamily()).contains("helm");
    }

    @Test
    void fieldsThatFluxDoesNotKnowAreFound() throws IOException {
        List<ObjectNode> objects = KubernetesYaml.objects(
                block("helm", "apiVersion: source.toolkit.fluxcd.io/v1").replace("dependsOn", "dependOn"));
        assertThat(FluxDefinitions.check(objects)).contains("INVALID HelmRelease orders");
    }

    /** With the registry of the page nothing comes from elsewhere. */
    @Test
    void aRegistryWithoutInternetIsTheOnlyOne() throws IOException {
        List<KubernetesObject> objects = render(
                "minion",
                block("images", "image:\n  repository: registry.internal"),
                "--values",
                GeneratedFiles.CHART.resolve("values/minion.yaml").toString(),
                "--set",
                "backup.enabled=true,maintenance.enabled=true");
        assertThat(objects.stream().flatMap(object -> object.json().findValuesAsText("image").stream()))
                .hasSizeGreaterThan(4)
                .allMatch(image -> image.startsWith("registry.internal/"));
    }

    /** Helm needs what the block leaves to the reader: credentials and an account. */
    private List<KubernetesObject> render(String release, String values, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve(release + ".yaml"), values);
        List<String> arguments = new ArrayList<>(List.of(
                "--set",
                "credentials.source=secret,credentials.secret.name=orders-db,serviceAccount.create=true,"
                        + "serviceAccount.name=orders-schema"));
        arguments.addAll(List.of("--values", file.toString()));
        arguments.addAll(List.of(more));
        return Helm.of(4).objects(release, GeneratedFiles.CHART, arguments);
    }

    private static KubernetesObject only(List<KubernetesObject> objects, String kind) {
        return objects.stream()
                .filter(object -> object.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /** The YAML of a page that has these words at its beginning or below a first comment. */
    private static String block(String page, String words) {
        return Pattern.compile("(?ms)^```yaml\\n(.*?)^```$")
                .matcher(GeneratedFiles.read(Path.of("docs", page + ".md")))
                .results()
                .map(found -> found.group(1))
                .filter(text -> text.replaceFirst("\\A# Chart.*\\n", "").startsWith(words))
                .findFirst()
                .orElseThrow();
    }
}
