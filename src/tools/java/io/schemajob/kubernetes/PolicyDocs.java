package io.schemajob.kubernetes;

import io.schemajob.report.failure.ExitStatus;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The part of {@code docs/exit-codes.md} that says what a Job does with each code. */
final class PolicyDocs {
    private PolicyDocs() {}

    static String into(String document) {
        StringBuilder table = new StringBuilder("| the Job | on |\n|---|---|\n");
        for (ExitStatus.Retry retry : ExitStatus.Retry.values()) {
            String codes = Arrays.stream(ExitStatus.values())
                    .filter(status -> status.retry() == retry)
                    .map(status -> status.code() + " " + status.name())
                    .collect(Collectors.joining(", "));
            table.append("| %s | %s |\n".formatted(action(retry), codes));
        }
        String policy =
                KubernetesYaml.text(KubernetesYaml.object("{}").set("podFailurePolicy", ExitCodes.policy("migrate")));
        return Marked.replace(document, "podFailurePolicy", table + "\n```yaml\n" + policy + "```\n");
    }

    private static String action(ExitStatus.Retry retry) {
        return switch (retry) {
            case NOT_APPLICABLE -> "is complete";
            case YES -> "tries again in a new pod, `backoffLimit` times";
            case NO -> "has failed, at once";
        };
    }
}
