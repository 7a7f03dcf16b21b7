package io.schemajob.job.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.ExitStatus.Retry;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetVerdictTest {
    @ParameterizedTest
    @CsvSource({
        "OK OK, OK",
        "UNAVAILABLE VERIFICATION_FAILED ACCESS_DENIED, VERIFICATION_FAILED",
        "OK TRY_AGAIN UNAVAILABLE, TRY_AGAIN",
        "FINDINGS UNAVAILABLE, UNAVAILABLE",
        "FINDINGS CONFIG, CONFIG",
        "OK FINDINGS, FINDINGS",
        "TERMINATED TERMINATED, TERMINATED",
        "MIGRATION_FAILED TERMINATED, MIGRATION_FAILED"
    })
    void theWorstKindDecidesAndWithinItTheOrder(String statuses, ExitStatus verdict) {
        List<ExitStatus> all =
                Arrays.stream(statuses.split(" ")).map(ExitStatus::valueOf).toList();
        assertThat(FleetVerdict.of(all).orElse(ExitStatus.OK)).isEqualTo(verdict);
    }

    /** What an orchestrator relies on: it tries again exactly when no target stands in the way of success. */
    @Property
    void aRetryIsWorthwhileUnlessOneTargetForbidsIt(@ForAll List<ExitStatus> statuses) {
        ExitStatus verdict = FleetVerdict.of(statuses).orElse(ExitStatus.OK);
        boolean hopeless =
                statuses.stream().anyMatch(status -> status.retry() == Retry.NO && status != ExitStatus.FINDINGS);
        boolean retryable = statuses.stream().anyMatch(status -> status.retry() == Retry.YES);
        assertThat(verdict.retry() == Retry.YES).isEqualTo(!hopeless && retryable);
        assertThat(verdict == ExitStatus.OK).isEqualTo(statuses.stream().allMatch(status -> status == ExitStatus.OK));
        assertThat(verdict == ExitStatus.OK || statuses.contains(verdict)).isTrue();
    }
}
