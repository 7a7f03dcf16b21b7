package io.schemajob.kubernetes;

import io.schemajob.report.failure.ExitStatus;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The parts of {@code docs/exit-codes.md} and {@code docs/fleet.md} that say what a Job does with each code. */
final class PolicyDocs {
    private PolicyDocs() {}

    static String into(String document) {
        StringBuilder table = new StringBuilder("| the Job | on |\n|---|---|\n");
        for (ExitStatus.Retry retry : ExitStatus.Retry.values()) {
            String codes = codes(retry, status -> status.code() + " " + status.name());
            table.append("| %s | %s |\n".formatted(action(retry), codes));
        }
        String policy =
                KubernetesYaml.text(KubernetesYaml.object("{}").set("podFailurePolicy", ExitCodes.policy("migrate")));
        return Marked.replace(document, "podFailurePolicy", table + "\n```yaml\n" + policy + "```\n");
    }

    /** The same for a Job with an index a shard. */
    static String intoFleet(String document) {
        String table =
                """
                | code | action | then |
                |---|---|---|
                | %s | `FailIndex` | the shard has failed, at once; its other targets are done, and the other shards go on |
                | %s, or 137 (killed) | counted against `backoffLimitPerIndex` | a new pod for the same shard, after 10, 20, 40 … seconds |
                | any, on a pod that Kubernetes itself ended (a drained node) | `Ignore` | a new pod, which does not count |
                """
                        .formatted(number(ExitStatus.Retry.NO), number(ExitStatus.Retry.YES));
        return Marked.replace(document, "podFailurePolicy", table);
    }

    private static String number(ExitStatus.Retry retry) {
        return codes(retry, status -> String.valueOf(status.code()));
    }

    private static String codes(ExitStatus.Retry retry, Function<ExitStatus, String> text) {
        return Arrays.stream(ExitStatus.values())
                .filter(status -> status.retry() == retry)
                .map(text)
                .collect(Collectors.joining(", "));
    }

    private static String action(ExitStatus.Retry retry) {
        return switch (retry) {
            case NOT_APPLICABLE -> "is complete";
            case YES -> "tries again in a new pod, `backoffLimit` times";
            case NO -> "has failed, at once";
        };
    }
}
