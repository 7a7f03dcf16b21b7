package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What the API server asks of a Job with indexes and of one without, beyond the schemas: limits for each index, and the
 * action that fails one, are of an Indexed Job alone.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#backoff-limit-per-index">Backoff limit per
 *     index</a>
 */
final class IndexRules {
    private static final int LONGEST_HOST_NAME = 63;
    private static final List<String> OF_INDEXES =
            List.of("completions", "parallelism", "backoffLimitPerIndex", "maxFailedIndexes");

    private IndexRules() {}

    static boolean indexed(JsonNode spec) {
        return spec.path("completionMode").asText().equals("Indexed");
    }

    static void check(KubernetesObject object, JsonNode spec) {
        List<String> actions = spec.at("/podFailurePolicy/rules").findValuesAsText("action");
        if (!indexed(spec)) {
            assertThat(spec.path("backoffLimit").isInt()).isTrue();
            assertThat(OF_INDEXES).noneMatch(spec::has);
            assertThat(actions).containsExactly("Ignore", "FailJob");
            return;
        }
        assertThat(actions).containsExactly("Ignore", "FailIndex");
        assertThat(spec.has("backoffLimit"))
                .as("a limit for all indexes together")
                .isFalse();
        assertThat(spec.path("backoffLimitPerIndex").isInt()).isTrue();
        assertThat(spec.at("/template/spec/restartPolicy").asText()).isEqualTo("Never");
        int completions = spec.path("completions").asInt();
        assertThat(completions).isPositive();
        assertThat(spec.path("parallelism").asInt()).isPositive();
        assertThat(spec.path("maxFailedIndexes").asInt()).isBetween(0, completions);
        assertThat(object.name() + "-" + (completions - 1))
                .as("host name of the last index")
                .hasSizeLessThanOrEqualTo(LONGEST_HOST_NAME);
        List<String> line = KubernetesObject.texts(object.containers().get(0).path("args"));
        assertThat(line).as("a shard an index").containsSequence("--shards", String.valueOf(completions));
    }
}
