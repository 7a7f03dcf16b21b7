package io.schemajob.importer.export;

import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.cancel.DaemonThread;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Batches that a thread makes while its caller works on those before: the faster side waits for the slower one, so that
 * memory does not depend on how much passes. It depends on one batch, as the next one is not begun before there is room.
 */
public final class ReadAhead<T> implements AutoCloseable {
    private static final int BATCHES = 4;
    private static final long POLL_MILLIS = 50;

    /** Bytes of batches that are made, or worked on, above which no other is begun. */
    private static final long FULL = 4 << 20;

    private final BlockingQueue<Batch<T>> queue = new ArrayBlockingQueue<>(BATCHES);
    private final CancellationToken cancellation;
    private final Thread thread;
    private volatile boolean abandoned;
    private volatile Exception failure;
    private long inFlight;
    private long taken;

    private record Batch<T>(List<T> items, long bytes) {}

    private ReadAhead(String name, Source<T> source, CancellationToken cancellation) {
        this.cancellation = cancellation;
        this.thread = DaemonThread.start(name, () -> read(source));
    }

    /** What the thread works through. */
    public interface Source<T> extends AutoCloseable {
        /** The next ones; empty at the end. */
        List<T> next() throws Exception;

        /** Of all batches so far; 0 where their size does not matter. */
        default long bytes() {
            return 0;
        }

        @Override
        default void close() throws Exception {}
    }

    /** Begins to read; the source is used, and closed, by the thread alone. */
    public static <T> ReadAhead<T> start(String name, Source<T> source, CancellationToken cancellation) {
        return new ReadAhead<>(name, source, cancellation);
    }

    private void read(Source<T> source) {
        try (source) {
            long before;
            List<T> items;
            do {
                awaitRoom();
                before = source.bytes();
                items = source.next();
            } while (put(new Batch<>(items, source.bytes() - before)) && !items.isEmpty());
        } catch (Exception e) {
            failure = e;
        } catch (OutOfMemoryError | StackOverflowError e) {
            failure = new IllegalStateException("the reader failed", e);
        }
    }

    private synchronized void awaitRoom() throws InterruptedException {
        while (inFlight > FULL && !abandoned) {
            wait(POLL_MILLIS);
        }
    }

    private synchronized void change(long bytes) {
        inFlight += bytes;
        notifyAll();
    }

    private boolean put(Batch<T> batch) throws InterruptedException {
        change(batch.bytes());
        while (!abandoned) {
            if (queue.offer(batch, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The next batch; empty at the end. The one before has been worked on.
     *
     * @throws Exception what the source threw, as it was
     */
    public List<T> next() throws Exception {
        change(-taken);
        taken = 0;
        while (true) {
            cancellation.check();
            Batch<T> batch = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (batch != null) {
                taken = batch.bytes();
                return batch.items();
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
