package io.schemajob.job;

import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.cancel.DaemonThread;
import io.schemajob.report.failure.Failure;
import java.time.Duration;
import java.util.function.Supplier;

/** Stops a run that takes longer than it may, until closed. */
public final class TimeLimit implements AutoCloseable {
    private final Thread timer;

    private TimeLimit(Thread timer) {
        this.timer = timer;
    }

    /**
     * Begins to count.
     *
     * @param limit zero for none
     * @param failure what the run ends with, asked for when the time is up
     */
    public static TimeLimit start(Duration limit, CancellationToken cancellation, Supplier<Failure> failure) {
        if (limit.isZero()) {
            return new TimeLimit(null);
        }
        return new TimeLimit(DaemonThread.start("schemajob-time-limit", () -> {
            try {
                Thread.sleep(limit.toMillis());
                cancellation.stop(failure.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.interrupt();
        }
    }
}
