package io.schemajob.report.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void tellsRateAndRemainingTime() {
        Progress progress = new Progress("tasks", 250_000, 1_000_000, Duration.ofSeconds(2));
        assertThat(progress.line()).isEqualTo("tasks: 250,000 of 1,000,000 rows (25 %), 125,000 rows/s, 6 s left");
        assertThat(progress.bar(200)).startsWith("[######------------------] tasks");
    }

    @Test
    void fitsTheTerminal() {
        Progress progress = new Progress("tasks", 250_000, 1_000_000, Duration.ofSeconds(2));
        for (int width = 1; width < 120; width++) {
            assertThat(progress.bar(width).length()).isLessThanOrEqualTo(width);
        }
        assertThat(progress.bar(79)).matches("\\[#+-+] tasks: .* left");
        assertThat(progress.bar(70)).isEqualTo(progress.line());
    }

    @Test
    void knowsNothingAtFirstAndEndsAtAHundred() {
        assertThat(new Progress("t", 0, 10, Duration.ZERO).line()).contains("(0 %), 0 rows/s, 0 s left");
        assertThat(new Progress("t", 0, 0, Duration.ZERO).percent()).isEqualTo(100);
        assertThat(new Progress("t", 1, 3600, Duration.ofSeconds(1)).line()).contains("59 min 59 s left");
    }
}
