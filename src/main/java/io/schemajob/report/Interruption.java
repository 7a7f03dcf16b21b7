package io.schemajob.report;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How a signal or the deadline stops a run: waits end at once, running statements are cancelled, and the run unwinds on
 * its own thread so that it rolls back, releases its lock and revokes its lease on the way out.
 */
public final class Interruption {
    /** A cancel request can overtake the statement it is meant for, so it is repeated while the statement runs. */
    private static final Duration REPEAT = Duration.ofMillis(100);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<Failure> reason = new AtomicReference<>();
    private final Set<Runnable> cancellers = ConcurrentHashMap.newKeySet();

    /** Stops the run; the first reason wins. Safe from any thread. */
    public void stop(Failure why) {
        if (reason.compareAndSet(null, why)) {
            stopped.countDown();
            Thread repeater = new Thread(this::cancelUntilIdle, "schemajob-cancel");
            repeater.setDaemon(true);
            repeater.start();
        }
    }

    /** Throws the reason if the run was stopped. */
    public void check() {
        Failure why = reason.get();
        if (why != null) {
            throw why.asException();
        }
    }

    public boolean stopped() {
        return reason.get() != null;
    }

    /** Waits, but not past a stop: then it throws the reason. */
    public void sleep(Duration duration) {
        check();
        try {
            if (stopped.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(ExitStatus.INTERNAL, "The waiting thread was interrupted.")
                    .asException(e);
        }
    }

    /** Registers what cancels the work that starts now; close the result when that work has ended. */
    public Registration onStop(Runnable cancel) {
        check();
        cancellers.add(cancel);
        return () -> cancellers.remove(cancel);
    }

    /** Work that can be cancelled, until closed. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    private void cancelUntilIdle() {
        while (true) {
            cancellers.forEach(Runnable::run);
            try {
                Thread.sleep(REPEAT.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
