package io.schemajob.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the Job controller does with a pod that has ended, from a rendered policy: the first rule that matches decides, and
 * without one the failure counts against {@code backoffLimit}, or {@code backoffLimitPerIndex}.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy">Pod failure policy</a>
 */
record FailurePolicy(JsonNode rules) {
    static FailurePolicy of(JsonNode jobSpec) {
        return new FailurePolicy(jobSpec.at("/podFailurePolicy/rules"));
    }

    /**
     * The action: {@code Ignore}, {@code FailJob}, {@code FailIndex} or {@code Count}.
     *
     * @param disrupted whether the pod has the condition DisruptionTarget
     */
    String action(String container, int exitCode, boolean disrupted) {
        for (JsonNode rule : rules) {
            if (matches(rule, container, exitCode, disrupted)) {
                return rule.get("action").asText();
            }
        }
        return "Count";
    }

    private static boolean matches(JsonNode rule, String container, int exitCode, boolean disrupted) {
        for (JsonNode condition : rule.path("onPodConditions")) {
            if (disrupted
                    && condition.path("type").asText().equals("DisruptionTarget")
                    && condition.path("status").asText().equals("True")) {
                return true;
            }
        }
        JsonNode codes = rule.path("onExitCodes");
        if (codes.isMissingNode() || exitCode == 0) {
            return false;
        }
        boolean named = !codes.has("containerName")
                || codes.get("containerName").asText().equals(container);
        boolean listed = false;
        for (JsonNode value : codes.get("values")) {
            listed |= value.asInt() == exitCode;
        }
        return named && listed == codes.get("operator").asText().equals("In");
    }
}
