package io.schemajob.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/** One object as a user would apply it, with the questions that rules ask. */
record KubernetesObject(ObjectNode json) {
    private static final String HELM_HOOK = "helm.sh/hook";
    private static final String ARGO = "argocd.argoproj.io/";

    static List<KubernetesObject> of(List<ObjectNode> objects) {
        return objects.stream().map(KubernetesObject::new).toList();
    }

    String kind() {
        return json.path("kind").asText();
    }

    String name() {
        return json.at("/metadata/name").asText();
    }

    /** Such as {@code Job/agent-executor-migration}. */
    String id() {
        return kind() + "/" + name();
    }

    JsonNode annotations() {
        return json.at("/metadata/annotations");
    }

    JsonNode label(String name) {
        return json.at("/metadata/labels").path(name);
    }

    /** {@code helm}, {@code argocd}, or empty for an object that is no hook. */
    Optional<String> hookFamily() {
        List<String> families = new ArrayList<>();
        annotations().fieldNames().forEachRemaining(name -> {
            if (name.startsWith(HELM_HOOK)) {
                families.add("helm");
            } else if (name.startsWith(ARGO)) {
                families.add("argocd");
            }
        });
        if (families.stream().distinct().count() > 1) {
            throw new AssertionError(id() + " belongs to two families of hooks: " + annotations());
        }
        return families.stream().findFirst();
    }

    /** Hooks of one phase run from the lowest to the highest; empty for an object that is no hook of that phase. */
    OptionalInt weightBeforeRelease() {
        String helm = annotations().path(HELM_HOOK).asText();
        if (helm.equals("pre-install,pre-upgrade")) {
            return OptionalInt.of(
                    Integer.parseInt(annotations().path(HELM_HOOK + "-weight").asText()));
        }
        if (annotations().path(ARGO + "hook").asText().equals("PreSync")) {
            return OptionalInt.of(
                    Integer.parseInt(annotations().path(ARGO + "sync-wave").asText()));
        }
        return OptionalInt.empty();
    }

    /** The specification of a Job, also of the Jobs of a CronJob. */
    Optional<JsonNode> jobSpec() {
        return switch (kind()) {
            case "Job" -> Optional.of(json.get("spec"));
            case "CronJob" -> Optional.of(json.at("/spec/jobTemplate/spec"));
            default -> Optional.empty();
        };
    }

    /** The template of pods with its metadata; a Pod is its own. */
    Optional<JsonNode> podTemplate() {
        return kind().equals("Pod") ? Optional.of(json) : jobSpec().map(spec -> spec.get("template"));
    }

    Optional<JsonNode> podSpec() {
        return podTemplate().map(template -> template.get("spec"));
    }

    /** Init containers and containers. */
    List<JsonNode> containers() {
        List<JsonNode> containers = new ArrayList<>();
        podSpec().ifPresent(spec -> {
            each(spec.path("initContainers")).forEach(containers::add);
            each(spec.path("containers")).forEach(containers::add);
        });
        return containers;
    }

    static Iterable<JsonNode> each(JsonNode array) {
        return array;
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** The value of a container's variable; empty if it is not set, or taken from elsewhere. */
    static Optional<String> variable(JsonNode container, String name) {
        return StreamSupport.stream(container.path("env").spliterator(), false)
                .filter(variable -> variable.path("name").asText().equals(name) && variable.has("value"))
                .map(variable -> variable.get("value").asText())
                .findFirst();
    }
}
