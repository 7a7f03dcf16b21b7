package io.schemajob.report.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Pauses between tries. */
class BackoffTest {
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    @Property
    void pausesGrowButStayShort(
            @ForAll @IntRange(min = 1, max = 10_000) int attempt, @ForAll @DoubleRange(max = 1) double random) {
        Duration pause = PAUSES.after(attempt, random);

        assertThat(pause).isBetween(Duration.ofMillis(100), Duration.ofSeconds(5));
        assertThat(PAUSES.after(attempt + 1, random)).isGreaterThanOrEqualTo(pause);
    }

    @Test
    void pausesOfManyPodsDiffer() {
        assertThat(PAUSES.after(3, 0)).isEqualTo(Duration.ofMillis(400));
        assertThat(PAUSES.after(3, 1)).isEqualTo(Duration.ofMillis(800));
    }

    @Test
    void aPauseNeverOutlastsTheWait() {
        assertThat(PAUSES.after(20, Duration.ofMillis(3))).isEqualTo(Duration.ofMillis(3));
    }
}
