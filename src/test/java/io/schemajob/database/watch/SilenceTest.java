package io.schemajob.database.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.database.watch.Silence.Sign;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** When a silent session is given up: never while it may be at work, and in the end always when it is not. */
class SilenceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Silence.Limits LIMITS =
            new Silence.Limits(Duration.ofSeconds(15), Duration.ofSeconds(15), Duration.ofSeconds(60));

    @Property
    void whoIsSeenAtWorkIsNotGivenUp(@ForAll @Size(min = 1, max = 50) List<Sign> signs) {
        Silence silence = new Silence(LIMITS);
        long now = 1000 * SECOND;
        int bad = 0;
        for (Sign sign : signs) {
            now += 15 * SECOND;
            bad = sign == Sign.WORKING ? 0 : bad + 1;
            boolean lost = silence.lost(sign, 1, now);
            // Bad for half a minute is bad for the third time.
            assertThat(lost).isEqualTo(bad >= 3);
            if (lost) {
                return;
            }
        }
    }

    /** A statement of two hours has just ended, and its answer is on the way. */
    @Example
    void answerOnItsWayHasTimeToArrive() {
        Silence silence = new Silence(LIMITS);
        long wait = SECOND;
        long now = 7200 * SECOND;
        assertThat(silence.lost(Sign.WORKING, wait, now)).isFalse();
        assertThat(silence.lost(Sign.WAITS_FOR_US, wait, now + 15 * SECOND)).isFalse();
        assertThat(silence.lost(Sign.WAITS_FOR_US, wait, now + 30 * SECOND)).isFalse();
        assertThat(silence.lost(Sign.WAITS_FOR_US, wait, now + 45 * SECOND)).isTrue();
    }

    @Example
    void eachWaitIsJudgedByItself() {
        Silence silence = new Silence(LIMITS);
        for (int i = 1; i < 100; i++) {
            long now = i * 100 * SECOND;
            assertThat(silence.lost(Sign.UNREACHABLE, now - 90 * SECOND, now)).isFalse();
        }
    }

    @Example
    void shortSilenceIsNoLoss() {
        Silence silence = new Silence(LIMITS);
        long wait = SECOND;
        for (int seconds = 0; seconds < 60; seconds++) {
            assertThat(silence.lost(Sign.GONE, wait, wait + seconds * SECOND)).isFalse();
        }
        assertThat(silence.lost(Sign.GONE, wait, wait + 60 * SECOND)).isTrue();
    }
}
