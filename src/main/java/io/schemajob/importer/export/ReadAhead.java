package io.schemajob.importer.export;

import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.cancel.DaemonThread;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Batches that a thread makes while its caller works on those before: the faster side waits for the slower one, so that
 * memory does not depend on how much passes.
 */
public final class ReadAhead<T> implements AutoCloseable {
    private static final int BATCHES = 4;
    private static final long POLL_MILLIS = 50;

    private final BlockingQueue<List<T>> queue = new ArrayBlockingQueue<>(BATCHES);
    private final CancellationToken cancellation;
    private final Thread thread;
    private volatile boolean abandoned;
    private volatile Exception failure;

    private ReadAhead(String name, Source<T> source, CancellationToken cancellation) {
        this.cancellation = cancellation;
        this.thread = DaemonThread.start(name, () -> read(source));
    }

    /** What the thread works through. */
    public interface Source<T> extends AutoCloseable {
        /** The next ones; empty at the end. */
        List<T> next() throws Exception;

        @Override
        default void close() throws Exception {}
    }

    /** Begins to read; the source is used, and closed, by the thread alone. */
    public static <T> ReadAhead<T> start(String name, Source<T> source, CancellationToken cancellation) {
        return new ReadAhead<>(name, source, cancellation);
    }

    private void read(Source<T> source) {
        try (source) {
            List<T> batch;
            do {
                batch = source.next();
            } while (put(batch) && !batch.isEmpty());
        } catch (Exception e) {
            failure = e;
        } catch (OutOfMemoryError | StackOverflowError e) {
            failure = new IllegalStateException("the reader failed", e);
        }
    }

    private boolean put(List<T> batch) throws InterruptedException {
        while (!abandoned) {
            if (queue.offer(batch, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The next batch; empty at the end.
     *
     * @throws Exception what the source threw, as it was
     */
    public List<T> next() throws Exception {
        while (true) {
            cancellation.check();
            List<T> batch = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (batch != null) {
                return batch;
            }
            if (!thread.isAlive() && queue.isEmpty()) {
                throw failure == null ? new IllegalStateException("the reader has ended") : failure;
            }
        }
    }

    /** Waits until the source is closed: what it used is free again. */
    @Override
    public void close() throws InterruptedException {
        abandoned = true;
        thread.join();
    }
}
