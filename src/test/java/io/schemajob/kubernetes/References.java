package io.schemajob.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** The names of other objects in a pod: without them it does not start. */
final class References {
    private final Set<String> found = new TreeSet<>();

    private References() {}

    /** Such as {@code ServiceAccount/agent-executor} and {@code ConfigMap/orders-bundle}. */
    static Set<String> of(KubernetesObject object) {
        References references = new References();
        object.podSpec().ifPresent(references::pod);
        object.containers().forEach(references::container);
        return references.found;
    }

    private void pod(JsonNode spec) {
        add("ServiceAccount", spec.path("serviceAccountName"));
        add("PriorityClass", spec.path("priorityClassName"));
        spec.path("imagePullSecrets").forEach(secret -> add("Secret", secret.path("name")));
        for (JsonNode volume : spec.path("volumes")) {
            add("ConfigMap", volume.at("/configMap/name"));
            add("Secret", volume.at("/secret/secretName"));
            add("PersistentVolumeClaim", volume.at("/persistentVolumeClaim/claimName"));
            for (JsonNode source : volume.at("/projected/sources")) {
                add("ConfigMap", source.at("/configMap/name"));
                add("Secret", source.at("/secret/name"));
            }
        }
    }

    private void container(JsonNode container) {
        for (JsonNode variable : container.path("env")) {
            add("ConfigMap", variable.at("/valueFrom/configMapKeyRef/name"));
            add("Secret", variable.at("/valueFrom/secretKeyRef/name"));
        }
        for (JsonNode source : container.path("envFrom")) {
            add("ConfigMap", source.at("/configMapRef/name"));
            add("Secret", source.at("/secretRef/name"));
        }
    }

    private void add(String kind, JsonNode name) {
        if (!name.asText().isEmpty()) {
            found.add(kind + "/" + name.asText());
        }
    }
}
