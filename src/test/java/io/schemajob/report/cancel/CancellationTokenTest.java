package io.schemajob.report.cancel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A stop is obeyed whatever the run is doing, and what it did otherwise stays as it was. */
class CancellationTokenTest {
    private static final Failure WHY = Failure.of(ExitStatus.TERMINATED, "stopped");

    private final CancellationToken cancellation = new CancellationToken();
    private final CountDownLatch never = new CountDownLatch(1);

    private void waitForEver() {
        try {
            cancellation.stop(WHY);
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void readingIsAbandonedAtOnce() {
        assertThatThrownBy(() -> cancellation.reading(() -> {
                    waitForEver();
                    return null;
                }))
                .isInstanceOfSatisfying(
                        SchemajobException.class, e -> assertThat(e.failure()).isSameAs(WHY));
    }

    @Test
    void workThatDoesNotNoticeIsAbandonedAfterAWhile() {
        assertThatThrownBy(() -> cancellation.guard("work", Duration.ofMillis(50), this::waitForEver))
                .isInstanceOfSatisfying(
                        SchemajobException.class, e -> assertThat(e.failure()).isSameAs(WHY));
    }

    @Test
    void workThatUnwindsIsWaitedFor() {
        IllegalStateException own = new IllegalStateException();
        assertThatThrownBy(() -> cancellation.guard("work", Duration.ofMinutes(1), () -> {
                    cancellation.stop(WHY);
                    throw own;
                }))
                .isSameAs(own);
    }

    @Test
    void errorsStayWhatTheyAre() {
        assertThatThrownBy(() -> cancellation.reading(() -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThatThrownBy(() -> cancellation.guard("work", Duration.ZERO, () -> {
                    throw new OutOfMemoryError();
                }))
                .isInstanceOf(OutOfMemoryError.class);
        cancellation.guard("work", Duration.ZERO, () -> {});
    }
}
