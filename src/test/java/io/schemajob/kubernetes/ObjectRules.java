package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What has to hold for every set of objects that somebody applies, be it from {@code kubernetes/} or from the chart. Each
 * rule is the answer to failures that others have had; {@code docs/kubernetes.md} tells of them.
 */
final class ObjectRules {
    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_CRON_JOB = 52;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Set<String> SECRET_VARIABLES =
            Set.of("PGPASSWORD", "DATABASE_URL", "STORAGE__POSTGRES_URL", "VAULT_TOKEN");
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("://[^/\\s@]*:[^/\\s@]+@");

    private final List<KubernetesObject> objects;
    private final Set<String> external;

    private ObjectRules(List<KubernetesObject> objects, Set<String> external) {
        this.objects = objects;
        this.external = external;
    }

    /**
     * Fails if a rule is broken.
     *
     * @param external objects that exist before, such as {@code ServiceAccount/agent-executor}
     */
    static void check(List<KubernetesObject> objects, Set<String> external) {
        ObjectRules rules = new ObjectRules(objects, external);
        rules.oneFamilyOfHooks();
        assertThat(objects).extracting(KubernetesObject::id).doesNotHaveDuplicates();
        for (KubernetesObject object : objects) {
            try {
                rules.check(object);
            } catch (AssertionError e) {
                throw new AssertionError(
                        object.id() + ": " + e.getMessage() + "\n" + KubernetesYaml.text(object.json()), e);
            }
        }
    }

    private void check(KubernetesObject object) {
        names(object);
        noSecret(object);
        if (object.podSpec().isPresent()) {
            PodSecurity.check(object);
            pod(object);
            references(object);
        }
        object.jobSpec().ifPresent(spec -> job(object, spec));
    }

    /** Any Argo CD annotation in a chart turns off all its Helm hooks. */
    private void oneFamilyOfHooks() {
        assertThat(objects.stream()
                        .map(KubernetesObject::hookFamily)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet()))
                .hasSizeLessThan(2);
    }

    private static void names(KubernetesObject object) {
        assertThat(object.name()).matches(NAME);
        assertThat(object.name().length())
                .isLessThanOrEqualTo(object.kind().equals("CronJob") ? LONGEST_CRON_JOB : LONGEST_NAME);
        object.json().at("/metadata/labels").forEach(value -> assertThat(value.asText())
                .hasSizeLessThanOrEqualTo(LONGEST_NAME));
        assertThat(object.json().at("/metadata/namespace").asText()).isNotEmpty();
    }

    private static void noSecret(KubernetesObject object) {
        assertThat(object.kind()).isNotEqualTo("Secret");
        for (JsonNode container : object.containers()) {
            for (JsonNode variable : container.path("env")) {
                if (SECRET_VARIABLES.contains(variable.path("name").asText())) {
                    assertThat(variable.has("value")).as("value of " + variable).isFalse();
                }
            }
        }
        assertThat(PASSWORD_IN_URL.matcher(object.json().toString()).find()).isFalse();
    }

    private static void pod(KubernetesObject object) {
        JsonNode spec = object.podSpec().orElseThrow();
        assertThat(spec.path("restartPolicy").asText()).isEqualTo("Never");
        assertThat(spec.path("terminationGracePeriodSeconds").asInt()).isGreaterThanOrEqualTo(10);
        assertThat(spec.has("activeDeadlineSeconds"))
                .as("a deadline of the pod, which a Job does not count")
                .isEqualTo(object.kind().equals("Pod"));
        assertThat(object.podTemplate().orElseThrow().at("/metadata/labels").has("app"))
                .as("label app of the pod, by which a Service might select it")
                .isFalse();
        for (JsonNode container : object.containers()) {
            assertThat(container.path("terminationMessagePolicy").asText()).isEqualTo("FallbackToLogsOnError");
            assertThat(container.path("terminationMessagePath").asText()).isEqualTo("/dev/termination-log");
            Set<String> volumes = new HashSet<>();
            spec.path("volumes")
                    .forEach(volume -> volumes.add(volume.path("name").asText()));
            container.path("volumeMounts").forEach(mount -> assertThat(volumes)
                    .contains(mount.path("name").asText()));
        }
    }

    /** Everything the pod names exists before: it is external, an earlier hook, or, for what is no hook, beside it. */
    private void references(KubernetesObject object) {
        Map<String, KubernetesObject> own =
                objects.stream().collect(Collectors.toMap(KubernetesObject::id, other -> other));
        OptionalInt weight = object.weightBeforeRelease();
        for (String reference : References.of(object)) {
            KubernetesObject target = own.get(reference);
            if (target == null) {
                assertThat(external).contains(reference);
            } else if (weight.isPresent()) {
                assertThat(target.weightBeforeRelease())
                        .as(reference + " is an earlier hook")
                        .isPresent();
                assertThat(target.weightBeforeRelease().getAsInt()).isLessThan(weight.getAsInt());
            }
        }
    }

    private static void job(KubernetesObject object, JsonNode spec) {
        assertThat(spec.has("selector"))
                .as("a selector, which the API server refuses")
                .isFalse();
        assertThat(spec.has("ttlSecondsAfterFinished") && object.hookFamily().isPresent())
                .as("a hook that removes itself, for which Argo CD waits for ever")
                .isFalse();
        assertThat(spec.path("suspend").asBoolean() && object.hookFamily().isPresent())
                .as("a suspended hook, for which the release waits in vain")
                .isFalse();
        IndexRules.check(object, spec);
        assertThat(spec.at("/podFailurePolicy/rules").size()).isEqualTo(2);
        for (JsonNode container : object.containers()) {
            KubernetesObject.variable(container, "SCHEMAJOB_DEADLINE")
                    .ifPresent(deadline -> assertThat(seconds(deadline))
                            .isLessThan(spec.path("activeDeadlineSeconds").asInt()));
            timeout(container);
        }
        if (object.kind().equals("CronJob")) {
            assertThat(object.json().at("/spec/concurrencyPolicy").asText()).isEqualTo("Forbid");
        }
    }

    /** What a command ends by itself, rolled back and with a reason, comes before the deadline of the run. */
    private static void timeout(JsonNode container) {
        List<String> args = KubernetesObject.texts(container.path("args"));
        int option = args.indexOf("--timeout");
        if (option >= 0) {
            assertThat(seconds(args.get(option + 1)))
                    .isLessThan(seconds(KubernetesObject.variable(container, "SCHEMAJOB_DEADLINE")
                            .orElseThrow()));
        }
    }

    private static int seconds(String duration) {
        return Integer.parseInt(duration.replace("s", ""));
    }

    /** The ids of those that are Jobs or have Jobs. */
    static List<KubernetesObject> jobs(Collection<KubernetesObject> objects) {
        return objects.stream().filter(object -> object.jobSpec().isPresent()).toList();
    }
}
