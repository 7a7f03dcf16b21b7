package io.schemajob.importer.load;

import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.cancel.DaemonThread;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * One COPY: a thread reads and converts while this one writes to the server. A few buffers go round between them, so
 * memory does not depend on how much passes, and the faster side waits for the slower one.
 */
final class Pipeline {
    private static final int BUFFERS = 6;
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final long POLL_MILLIS = 50;

    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BUFFERS);
    private final BlockingQueue<Piece> full = new ArrayBlockingQueue<>(BUFFERS + 1);
    private final AtomicReference<Exception> readerFailure = new AtomicReference<>();
    private final Piece end = new Piece(null, 0, 0);
    private final CopyBuffer buffer = new CopyBuffer(this::exchange);
    private final CancellationToken cancellation;
    private volatile boolean abandoned;

    /** @param rows that end in it */
    private record Piece(byte[] data, int length, long rows) {}

    Pipeline(CancellationToken cancellation) {
        this.cancellation = cancellation;
        for (int i = 0; i < BUFFERS; i++) {
            free.add(new byte[BUFFER_BYTES]);
        }
    }

    /** The reading side; runs on a thread of its own. */
    interface Reader {
        void read(CopyBuffer out) throws Exception;
    }

    /** The reading side was told to stop, because the writing side has. */
    static final class Abandoned extends RuntimeException {
        Abandoned() {
            super(null, null, false, false);
        }
    }

    /**
     * Copies until the reader ends.
     *
     * @param written is told how many rows each buffer held
     * @return the number of rows, as the server counts
     * @throws Exception what the reader threw, as it was; or an SQLException of the server
     */
    long copy(Connection session, String sql, Reader reader, LongConsumer written) throws Exception {
        CopyIn copy = session.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        Thread thread = DaemonThread.start("schemajob-import-reader", () -> read(reader));
        try {
            write(copy, written);
            if (readerFailure.get() == null) {
                return copy.endCopy();
            }
        } catch (OutOfMemoryError e) {
            // What fills it is the row that the reader works on, which knows its name.
            abandoned = true;
            join(thread);
            if (readerFailure.get() == null) {
                throw e;
            }
        } finally {
            abandoned = true;
            join(thread);
            cancel(copy);
        }
        throw readerFailure.get();
    }

    private void read(Reader reader) {
        try {
            reader.read(buffer);
            full.add(new Piece(buffer.data(), buffer.length(), buffer.rows()));
        } catch (Abandoned e) {
            return;
        } catch (Exception e) {
            readerFailure.set(e);
        } catch (OutOfMemoryError | StackOverflowError e) {
            readerFailure.set(new IllegalStateException("the reader failed", e));
        }
        full.add(end);
    }

    private void write(CopyIn copy, LongConsumer written) throws SQLException, InterruptedException {
        while (true) {
            cancellation.check();
            Piece piece = full.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (piece == end) {
                return;
            }
            if (piece != null) {
                copy.writeToCopy(piece.data(), 0, piece.length());
                written.accept(piece.rows());
                free.add(piece.data());
            }
        }
    }

    /** The reader's: a piece that is full for one that is empty. */
    private byte[] exchange(byte[] data, int length, long rows) {
        if (length > 0) {
            full.add(new Piece(data, length, rows));
        }
        try {
            byte[] empty = null;
            while (empty == null) {
                if (abandoned) {
                    throw new Abandoned();
                }
                empty = free.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
            return empty;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Abandoned();
        }
    }

    private static void join(Thread thread) throws InterruptedException {
        thread.join();
    }

    private static void cancel(CopyIn copy) {
        try {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException e) {
            // The server has ended the copy already; why is the exception that is on its way.
        }
    }
}
