package io.schemajob.job;

import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.time.Duration;

/** Stops a run that takes longer than it may, until closed. */
public final class TimeLimit implements AutoCloseable {
    private final Thread timer;

    private TimeLimit(Thread timer) {
        this.timer = timer;
    }

    /** @param limit zero for none */
    public static TimeLimit start(Duration limit, CancellationToken cancellation) {
        if (limit.isZero()) {
            return new TimeLimit(null);
        }
        Failure failure = Failure.of(
                        ExitStatus.TRY_AGAIN, "The import took longer than %d s.".formatted(limit.toSeconds()))
                .databaseState("Everything was rolled back; the tables are as they were.")
                .hint("Run the job again with a longer --timeout.");
        Thread timer = new Thread(
                () -> {
                    try {
                        Thread.sleep(limit.toMillis());
                        cancellation.stop(failure);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "schemajob-import-timeout");
        timer.setDaemon(true);
        timer.start();
        return new TimeLimit(timer);
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.interrupt();
        }
    }
}
