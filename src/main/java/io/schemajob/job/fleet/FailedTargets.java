package io.schemajob.job.fleet;

import io.schemajob.report.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The targets that failed in one sentence, which has to fit into the termination message. Each is named with its code and
 * cause. Where the causes are too long, all are cut at the same length; where even the codes are too many, the first are
 * named and the rest counted.
 */
final class FailedTargets {
    /** Of the 4,096 of the termination message; the other fields need less than the rest. */
    private static final int MOST_BYTES = 3000;

    private static final int LONGEST_CAUSE = 320;
    private static final int SHORTEST_CAUSE = 20;

    private FailedTargets() {}

    /** Such as {@code acme (82 VERIFICATION_FAILED: The database …), globex (75 TRY_AGAIN: …)}. */
    static String text(List<FleetJob.Result> failed) {
        for (int length = LONGEST_CAUSE; length >= SHORTEST_CAUSE; length -= SHORTEST_CAUSE) {
            String text = join(failed, failed.size(), length);
            if (bytes(text) <= MOST_BYTES) {
                return text;
            }
        }
        // As many as fit, by halving: a fleet has thousands.
        int fits = 0;
        int tooMany = failed.size() + 1;
        while (tooMany - fits > 1) {
            int middle = (fits + tooMany) / 2;
            if (bytes(join(failed, middle, 0)) <= MOST_BYTES) {
                fits = middle;
            } else {
                tooMany = middle;
            }
        }
        return join(failed, fits, 0);
    }

    private static String join(List<FleetJob.Result> failed, int most, int length) {
        List<String> named = new ArrayList<>();
        failed.stream().limit(most).forEach(result -> {
            Failure failure = result.outcome().failure();
            String code = result.outcome().status().code()
                    + (length == 0 ? "" : " " + result.outcome().status());
            named.add("%s (%s%s)"
                    .formatted(result.target().name(), code, length == 0 ? "" : ": " + cut(cause(failure), length)));
        });
        if (failed.size() > most) {
            named.add("and %d more".formatted(failed.size() - most));
        }
        return String.join(", ", named);
    }

    /** Without the full stop. */
    private static String cause(Failure failure) {
        return failure.message().replaceFirst("\\.$", "");
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end) + "…";
    }

    /** As JSON has it: a quote takes two, a control character up to six. */
    private static int bytes(String text) {
        int escaped = text.chars()
                .map(c -> c == '"' || c == '\\' ? 1 : c < ' ' ? 5 : 0)
                .sum();
        return text.getBytes(StandardCharsets.UTF_8).length + escaped;
    }
}
