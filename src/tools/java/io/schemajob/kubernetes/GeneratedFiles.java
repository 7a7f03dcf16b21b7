package io.schemajob.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Everything that is checked in and made from something else here: what {@link WriteManifests} writes and a test compares. */
final class GeneratedFiles {
    static final Path MANIFESTS = Path.of("kubernetes");
    static final Path CHART = Path.of("helm/schemajob");

    /** What quarkus-kubernetes has made, checked in as well: the ordinary build is without the extension. */
    static final Path BASE = Path.of("src/kubernetes/base.yml");

    private GeneratedFiles() {}

    static Map<Path, String> all() {
        ObjectNode base = KubernetesYaml.object(read(BASE));
        String backupScript = read(CHART.resolve("files/backup.sh"));
        Map<Path, String> files = new TreeMap<>();
        for (Deployment deployment : Deployment.all()) {
            Manifests.of(base, deployment, backupScript)
                    .forEach((path, text) -> files.put(MANIFESTS.resolve(path), text));
        }
        files.put(CHART.resolve("files/exit-codes.yaml"), ExitCodes.file());
        Path readme = CHART.resolve("README.md");
        files.put(readme, ValuesTable.into(read(readme), ChartValues.read(CHART)));
        Path exitCodes = Path.of("docs/exit-codes.md");
        files.put(exitCodes, PolicyDocs.into(read(exitCodes)));
        Path fleet = Path.of("docs/fleet.md");
        files.put(fleet, PolicyDocs.intoFleet(read(fleet)));
        return files;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
