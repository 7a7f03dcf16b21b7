package io.schemajob.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.testing.App;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Our container of a pod as a process of this machine: its arguments and variables; where it has a volume, a folder here. */
final class ContainerRun {
    private ContainerRun() {}

    /**
     * Not started yet, and without the variables that come from elsewhere.
     *
     * @param volumes folders of this machine by mount path
     */
    static App of(KubernetesObject object, Map<String, Path> volumes) {
        JsonNode container = object.containers().get(0);
        App app = App.of(KubernetesObject.texts(container.get("args")).stream()
                .map(argument -> below(volumes, argument))
                .toArray(String[]::new));
        for (JsonNode variable : container.get("env")) {
            if (variable.has("value")) {
                app.env(
                        variable.get("name").asText(),
                        below(volumes, variable.get("value").asText()));
            }
        }
        return app;
    }

    /** What a path of the container is on this machine. */
    private static String below(Map<String, Path> volumes, String text) {
        for (Map.Entry<String, Path> volume : volumes.entrySet()) {
            if (text.equals(volume.getKey()) || text.startsWith(volume.getKey() + "/")) {
                return volume.getValue() + text.substring(volume.getKey().length());
            }
        }
        return text;
    }

    /** Writes the volumes of a pod that are ConfigMaps, as the kubelet does; each folder by its mount path. */
    static Map<String, Path> configMaps(KubernetesObject object, List<KubernetesObject> release, Path folder) {
        Map<String, Path> volumes = new HashMap<>();
        for (JsonNode volume : object.podSpec().orElseThrow().path("volumes")) {
            String name = volume.at("/configMap/name").asText();
            for (JsonNode mount : object.containers().get(0).path("volumeMounts")) {
                if (!name.isEmpty() && mount.get("name").equals(volume.get("name"))) {
                    volumes.put(
                            mount.get("mountPath").asText(),
                            write(
                                    volume.get("configMap"),
                                    data(release, name),
                                    folder.resolve(volume.get("name").asText())));
                }
            }
        }
        return volumes;
    }

    private static JsonNode data(List<KubernetesObject> release, String name) {
        return release.stream()
                .filter(object -> object.id().equals("ConfigMap/" + name))
                .findFirst()
                .orElseThrow()
                .json()
                .get("data");
    }

    private static Path write(JsonNode volume, JsonNode data, Path folder) {
        Map<String, String> paths = new HashMap<>();
        data.fieldNames().forEachRemaining(key -> paths.put(key, key));
        if (volume.has("items")) {
            paths.clear();
            volume.get("items")
                    .forEach(item ->
                            paths.put(item.get("key").asText(), item.get("path").asText()));
        }
        try {
            for (Map.Entry<String, String> path : paths.entrySet()) {
                Path file = folder.resolve(path.getValue());
                Files.createDirectories(file.getParent());
                Files.writeString(file, data.get(path.getKey()).asText());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
