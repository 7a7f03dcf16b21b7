package io.schemajob.job.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.log.Redactor;
import io.schemajob.report.result.Outcome;
import io.schemajob.report.result.RunReport;
import io.schemajob.report.result.TerminationMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However many targets fail, the one line that a pod leaves tells as much of them as it can hold. */
class FailedTargetsTest {
    @Test
    void aFewAreNamedWithTheirCauses() {
        assertThat(FailedTargets.text(failed(2, "The table \"x\" is missing.")))
                .isEqualTo(
                        "t1 (82 VERIFICATION_FAILED: The table \"x\" is missing), t2 (82 VERIFICATION_FAILED: The table \"x\" is missing)");
    }

    @Test
    void longCausesAreCutAtTheSameLength() {
        String text = FailedTargets.text(failed(20, "x".repeat(500)));
        assertThat(text.split(", ")).hasSize(20).allSatisfy(one -> assertThat(one.replaceAll("[^x]", ""))
                .hasSize(100));
    }

    @Test
    void manyAreNamedByTheirCodes() {
        String text = FailedTargets.text(failed(150, "x".repeat(500)));
        assertThat(text).startsWith("t1 (82), t2 (82), ").endsWith("t150 (82)");
    }

    @Test
    void thousandsAreCounted() {
        String text = FailedTargets.text(failed(5000, "x"));
        assertThat(text).startsWith("t1 (82), t2 (82), ").matches(".*, and \\d{4} more");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20, 60, 150, 1000, 10_000})
    void fitsIntoTheTerminationMessage(int count) throws IOException {
        for (String cause : List.of("short", "x".repeat(500), "\"\\ä\n".repeat(200))) {
            String text = FailedTargets.text(failed(count, cause));
            Outcome outcome = new Outcome(
                    ExitStatus.VERIFICATION_FAILED,
                    Failure.of(ExitStatus.VERIFICATION_FAILED, text).hint("h".repeat(150)),
                    new RunReport());
            String line = TerminationMessage.render(outcome, new Redactor());
            assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(TerminationMessage.MAX_BYTES);
            assertThat(new ObjectMapper().readTree(line).path("error").asText())
                    .as("nothing more was cut")
                    .isEqualTo(text);
        }
    }

    private static List<FleetJob.Result> failed(int count, String cause) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> new FleetJob.Result(
                        new FleetTarget("t" + n, null, null, null),
                        new Outcome(
                                ExitStatus.VERIFICATION_FAILED,
                                Failure.of(ExitStatus.VERIFICATION_FAILED, cause),
                                new RunReport())))
                .toList();
    }
}
