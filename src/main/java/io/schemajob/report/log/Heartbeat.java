package io.schemajob.report.log;

import io.schemajob.report.cancel.DaemonThread;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tells from time to time what a run is at, while work goes on that says nothing itself: silence looks like a hang. */
public final class Heartbeat implements AutoCloseable {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration NEXT = Duration.ofSeconds(15);
    private static final ScheduledExecutorService TIMER = DaemonThread.timer("schemajob-heartbeat");

    private final Future<?> beats;

    private Heartbeat(Future<?> beats) {
        this.beats = beats;
    }

    /**
     * Begins to count the time; close the result when the work has ended.
     *
     * @param what is done, such as {@code Making index a (1 of 2)}
     * @param facts how far it is, in words; empty if nothing is known
     */
    public static Heartbeat begin(Log log, String what, Supplier<String> facts) {
        long begin = System.nanoTime();
        Runnable beat = () -> {
            long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
            String known = facts.get();
            log.detail("%s for %d s%s".formatted(what, seconds, known.isEmpty() ? "" : ": " + known));
        };
        return new Heartbeat(
                TIMER.scheduleWithFixedDelay(beat, FIRST.toMillis(), NEXT.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** The same, of work of which nothing is known but its time. */
    public static Heartbeat begin(Log log, String what) {
        return begin(log, what, () -> "");
    }

    @Override
    public void close() {
        beats.cancel(false);
    }
}
