package io.schemajob.report.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus.Retry;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExitStatusTest {
    /** What manifests and scripts of users rely on; a change here breaks them. */
    @Test
    void codesAreFixedForEver() {
        assertThat(Arrays.stream(ExitStatus.values()).collect(Collectors.toMap(Enum::name, ExitStatus::code)))
                .isEqualTo(Map.ofEntries(
                        Map.entry("OK", 0),
                        Map.entry("USAGE", 64),
                        Map.entry("HISTORY_INVALID", 65),
                        Map.entry("UNAVAILABLE", 69),
                        Map.entry("INTERNAL", 70),
                        Map.entry("TRY_AGAIN", 75),
                        Map.entry("ACCESS_DENIED", 77),
                        Map.entry("CONFIG", 78),
                        Map.entry("MIGRATION_FAILED", 80),
                        Map.entry("MIGRATION_PARTIAL", 81),
                        Map.entry("VERIFICATION_FAILED", 82),
                        Map.entry("PREREQUISITE_MISSING", 83),
                        Map.entry("IMPORT_REJECTED", 84),
                        Map.entry("FINDINGS", 85),
                        Map.entry("HANGUP", 129),
                        Map.entry("INTERRUPTED", 130),
                        Map.entry("TERMINATED", 143)));
    }

    @Test
    void onlyWhatPassesByItselfIsTriedAgain() {
        assertThat(ExitStatus.values())
                .filteredOn(status -> status.retry() == Retry.YES)
                .containsExactly(
                        ExitStatus.UNAVAILABLE,
                        ExitStatus.TRY_AGAIN,
                        ExitStatus.HANGUP,
                        ExitStatus.INTERRUPTED,
                        ExitStatus.TERMINATED);
        assertThat(ExitStatus.values())
                .filteredOn(status -> status.retry() == Retry.NOT_APPLICABLE)
                .containsExactly(ExitStatus.OK);
    }

    @Test
    void everyOneIsExplained() {
        assertThat(ExitStatus.values()).allSatisfy(status -> {
            assertThat(status.when()).isNotBlank().doesNotEndWith(".");
        });
    }
}
