package io.schemajob.report.cancel;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * How a signal or the deadline stops a run: waits end at once, running statements are cancelled, and the run unwinds on
 * its own thread so that it rolls back, releases its lock and revokes its lease on the way out.
 */
public final class CancellationToken {
    /**
     * Bytes of address space; memory is taken only as it is used. An expression as deep as the server's own stack of 2 MiB
     * allows ({@code max_stack_depth}) fits: some thousand operands of {@code ||}.
     */
    private static final long STACK = 128L << 20;

    /** A cancel request can overtake the statement it is meant for, so it is repeated while the statement runs. */
    private static final Duration REPEAT = Duration.ofMillis(100);

    private final AtomicReference<Failure> reason = new AtomicReference<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final Set<Runnable> cancellers = ConcurrentHashMap.newKeySet();

    /** Stops the run; the first reason wins. Safe from any thread. */
    public void stop(Failure why) {
        if (reason.compareAndSet(null, why)) {
            stopped.complete(null);
            daemon("schemajob-cancel", this::cancelForEver);
        }
    }

    /** Tells the stop, if there was one, with what is known now; its status and its cause stay. */
    public void explain(UnaryOperator<Failure> more) {
        reason.updateAndGet(why -> why == null ? null : more.apply(why));
    }

    /** Throws the reason if the run was stopped. */
    public void check() {
        Failure why = reason.get();
        if (why != null) {
            throw why.asException();
        }
    }

    /**
     * What to report of a run that ended with a failure. In a run that was stopped, cancelled statements and cut
     * connections are effects, and the stop is the cause; a failure that no retry can cure stands.
     */
    public Failure cause(Failure failure) {
        Failure why = reason.get();
        return why != null && failure.status().retry() == ExitStatus.Retry.YES ? why : failure;
    }

    public boolean stopped() {
        return reason.get() != null;
    }

    /** Waits, but not past a stop: then it throws the reason. */
    public void sleep(Duration duration) {
        CompletableFuture<Void> either = stopped.copy();
        try {
            either.completeOnTimeout(null, duration.toNanos(), TimeUnit.NANOSECONDS)
                    .join();
        } finally {
            check();
        }
    }

    /**
     * Does blocking work that nothing can cancel, such as a TCP connect, on a thread that is abandoned by a stop.
     *
     * @throws Exception what the work threw, as it was
     */
    public <T> T call(String threadName, Callable<T> work) throws Exception {
        check();
        CompletableFuture<T> result = new CompletableFuture<>();
        daemon(threadName, () -> {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        try {
            CompletableFuture.anyOf(result, stopped).join();
            check();
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    /** Reads what others wrote, on a thread that is abandoned by a stop: text can be of any size and of any malice. */
    public <T> T reading(Supplier<T> reader) {
        try {
            return call("schemajob-read", reader::get);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Does the work of a run on a thread of its own, so that a stop is obeyed even where the work does not notice it: in
     * a reader that has lost itself, or in a file that nothing comes out of.
     *
     * @param unwinding how long the work may take after a stop to end in good order; then it is abandoned
     */
    public void guard(String threadName, Duration unwinding, Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        daemon(threadName, () -> {
            try {
                work.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        try {
            CompletableFuture.anyOf(done.copy().exceptionally(e -> null), stopped)
                    .join();
            if (stopped() && !done.isDone()) {
                done.get(unwinding.toMillis(), TimeUnit.MILLISECONDS);
            }
            done.join();
        } catch (TimeoutException e) {
            throw reason.get().asException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
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

    private void cancelForEver() {
        try {
            while (true) {
                cancellers.forEach(Runnable::run);
                Thread.sleep(REPEAT.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, STACK);
        thread.setDaemon(true);
        thread.start();
    }
}
