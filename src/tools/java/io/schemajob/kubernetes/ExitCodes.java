package io.schemajob.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.report.failure.ExitStatus;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program's exit codes as Kubernetes takes them: which of them no second try can change. */
final class ExitCodes {
    private ExitCodes() {}

    /** {@code files/exit-codes.yaml} of the chart. */
    static String file() {
        return """
                # Exit codes that no second try can change, made from the program's list (ExitStatus).
                # Generated; CONTRIBUTING.md says how.
                permanent:
                %s
                """
                .formatted(permanent("  - %d # %s").collect(Collectors.joining("\n")));
    }

    /** A {@code podFailurePolicy} for a container of ours: what no second try can change fails the Job. */
    static ObjectNode policy(String container) {
        return policy(container, "FailJob");
    }

    /**
     * The same with another action for what no second try can change.
     *
     * @param action {@code FailJob}, or {@code FailIndex} where each index is work of its own
     */
    static ObjectNode policy(String container, String action) {
        return KubernetesYaml.object(
                """
                rules:
                  - action: Ignore
                    onPodConditions:
                      - {type: DisruptionTarget, status: "True"}
                  - action: %s
                    onExitCodes:
                      containerName: %s
                      operator: In
                      values:
                %s
                """,
                action, container, permanent("        - %d").collect(Collectors.joining("\n")));
    }

    private static Stream<String> permanent(String format) {
        return Arrays.stream(ExitStatus.values())
                .filter(status -> status.retry() == ExitStatus.Retry.NO)
                .map(status -> format.formatted(status.code(), status.name()));
    }
}
