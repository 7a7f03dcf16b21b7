package io.schemajob.job.fleet;

import io.schemajob.report.failure.ExitStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * With which status a fleet ends, from those of its targets in their order. Pure.
 *
 * <p>The status tells an orchestrator whether running the same command again can succeed. One target that no retry can
 * cure is enough for it not to; and a question ({@code info --exit-code}) is answered only when every target has
 * answered.
 */
final class FleetVerdict {
    private FleetVerdict() {}

    /** The first that no retry can cure; else the first that one can; else FINDINGS; empty when all are OK. */
    static Optional<ExitStatus> of(List<ExitStatus> statuses) {
        return first(statuses, status -> status.retry() == ExitStatus.Retry.NO && status != ExitStatus.FINDINGS)
                .or(() -> first(statuses, status -> status.retry() == ExitStatus.Retry.YES))
                .or(() -> first(statuses, status -> status == ExitStatus.FINDINGS));
    }

    private static Optional<ExitStatus> first(List<ExitStatus> statuses, Predicate<ExitStatus> wanted) {
        return statuses.stream().filter(wanted).findFirst();
    }
}
