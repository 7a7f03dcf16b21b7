package io.schemajob.database.watch;

import io.schemajob.database.query.LostConnectionException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A connection to the server that knows since when it waits for the network, and whose wait another thread can end.
 *
 * <p>A time-out of the socket would not do: it cannot tell a statement that takes hours from a server that is gone, and
 * it does not concern writing.
 */
public final class WatchedSocket extends Socket {
    /** {@link System#nanoTime} when the read or write at work began; 0 between them. */
    private volatile long since;

    private volatile String lost;

    /** When the present wait began, as {@link System#nanoTime} counts, or 0 if there is none. */
    long waitingSince() {
        return since;
    }

    /** Closes the connection under whoever waits, who then gets the reason. */
    void giveUp(String why) {
        lost = why;
        try {
            close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return waiting(() -> in.read(buffer, offset, length));
            }

            /**
             * By which the driver passes over a row that its memory has no room for. It goes on until all is passed over, and would for
             * ever at the end of the connection, where nothing is.
             */
            @Override
            public long skip(long count) throws IOException {
                int skipped = waiting(() -> (int) in.skip(Math.min(count, Integer.MAX_VALUE)));
                if (skipped == 0 && count > 0) {
                    if (read() < 0) {
                        throw new EOFException("the connection ended within a message");
                    }
                    return 1;
                }
                return skipped;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                waiting(() -> {
                    out.write(buffer, offset, length);
                    return length;
                });
            }
        };
    }

    private int waiting(Transfer transfer) throws IOException {
        // Odd, so that it is never the 0 that stands for no wait.
        since = System.nanoTime() | 1;
        try {
            return transfer.run();
        } catch (IOException e) {
            if (lost != null) {
                throw new LostConnectionException(lost, e);
            }
            throw e;
        } finally {
            since = 0;
        }
    }

    @FunctionalInterface
    private interface Transfer {
        int run() throws IOException;
    }
}
