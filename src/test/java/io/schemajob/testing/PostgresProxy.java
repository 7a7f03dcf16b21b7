package io.schemajob.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way to a PostgreSQL server that passes everything on until a session sends what the test waits for; then it does once
 * what networks, firewalls and dying servers do.
 */
public final class PostgresProxy implements AutoCloseable {
    /** What happens then. */
    public enum Strike {
        /** Not one byte is read or written any more; the connections stay open and new ones are accepted. */
        SILENCE,
        /** This session gets no more answers; the server gets what it sends. */
        ANSWERS_LOST,
        /** Nobody new gets through; the connections that are there work. */
        NEWCOMERS_LOST,
        /** The session is cut off, and the server never hears of it. */
        CUT_BEFORE,
        /** The session is cut off, and the server has heard of it. */
        CUT_AFTER,
        /** The same, and all other sessions too, and from then on nobody is let through. */
        CUT_AFTER_FOR_GOOD,
        /** In place of the answer comes the beginning of a row of two gigabytes. */
        GIANT_ROW,
        /** Whoever comes is refused, until {@link #open}. */
        NOBODY
    }

    /** The driver parses it once and then names it. */
    private static final Pattern PREPARED_COMMIT = Pattern.compile("(S_\\d+)\0COMMIT\0");

    /** Message {@code D}, its length, one column, its length. */
    private static final byte[] ROW_OF_TWO_GIGABYTES = {
        'D', 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xf0, 0, 1, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xe0
    };

    private final ServerSocket listener;
    private final Postgres server;
    private final String words;
    private final boolean atCommit;
    private final Strike strike;
    private final AtomicInteger strikes = new AtomicInteger();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private PostgresProxy(Postgres server, String words, boolean atCommit, Strike strike) {
        this.server = server;
        this.words = words;
        this.atCommit = atCommit;
        this.strike = strike;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** @param words as they are on the wire */
    public static PostgresProxy at(Postgres server, String words, Strike strike) {
        return new PostgresProxy(server, words, false, strike);
    }

    /** At the COMMIT of the session that has said the words before. */
    public static PostgresProxy atCommitAfter(Postgres server, String words, Strike strike) {
        return new PostgresProxy(server, words, true, strike);
    }

    /** Refuses everybody until it is opened. */
    public static PostgresProxy refusing(Postgres server) {
        PostgresProxy proxy = new PostgresProxy(server, "", false, Strike.NOBODY);
        proxy.strikes.set(1);
        return proxy;
    }

    /** Lets through whoever comes from now on. */
    public void open() {
        strikes.set(0);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public boolean struck() {
        return strikes.get() > 0;
    }

    private boolean is(Strike one) {
        return strike == one && struck();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                if (is(Strike.NOBODY)) {
                    client.close();
                } else if (!is(Strike.SILENCE) && !is(Strike.NEWCOMERS_LOST)) {
                    Socket backend = new Socket(server.host(), server.port());
                    sockets.add(backend);
                    Session session = new Session(client, backend);
                    daemon(session::upstream);
                    daemon(session::downstream);
                }
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private final class Session {
        private final Socket client;
        private final Socket backend;
        private String tail = "";
        private boolean marked;
        private String commit;
        private boolean cutAfter;
        private volatile boolean unanswered;

        private Session(Socket client, Socket backend) {
            this.client = client;
            this.backend = backend;
        }

        private void upstream() {
            byte[] buffer = new byte[64 * 1024];
            try {
                InputStream in = client.getInputStream();
                OutputStream out = backend.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    boolean strikes = isIt(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                    if (strikes && strike == Strike.CUT_BEFORE) {
                        break;
                    } else if (strikes) {
                        strike();
                    }
                    if (is(Strike.SILENCE)) {
                        return;
                    }
                    out.write(buffer, 0, n);
                    out.flush();
                }
            } catch (IOException e) {
                // One of both is gone.
            }
            // The server gets to hear of it when it answers.
            if (!cutAfter) {
                closeBoth();
            }
        }

        private boolean isIt(String piece) {
            String text = tail + piece;
            marked |= text.contains(words);
            Matcher prepared = PREPARED_COMMIT.matcher(text);
            commit = prepared.find() ? prepared.group(1) : commit;
            boolean commits = text.contains("COMMIT") || commit != null && text.contains("\0" + commit + "\0");
            tail = text.substring(Math.max(0, text.length() - words.length()));
            return strike != Strike.NOBODY && marked && (commits || !atCommit) && strikes.compareAndSet(0, 1);
        }

        private void strike() throws IOException {
            cutAfter = strike == Strike.CUT_AFTER || strike == Strike.CUT_AFTER_FOR_GOOD;
            unanswered = strike == Strike.ANSWERS_LOST || strike == Strike.GIANT_ROW;
            switch (strike) {
                case CUT_AFTER -> client.close();
                case CUT_AFTER_FOR_GOOD -> {
                    sockets.remove(backend);
                    close();
                }
                case GIANT_ROW -> client.getOutputStream().write(ROW_OF_TWO_GIGABYTES);
                default -> {}
            }
        }

        private void downstream() {
            byte[] buffer = new byte[64 * 1024];
            try {
                InputStream in = backend.getInputStream();
                OutputStream out = client.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (is(Strike.SILENCE)) {
                        return;
                    } else if (!unanswered) {
                        out.write(buffer, 0, n);
                        out.flush();
                    }
                }
            } catch (IOException e) {
                // One of both is gone.
            }
            closeBoth();
        }

        private void closeBoth() {
            closeQuietly(client);
            closeQuietly(backend);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "postgres-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends everything, the server's side of the sessions too. */
    @Override
    public void close() {
        closeQuietly(listener);
        sockets.forEach(PostgresProxy::closeQuietly);
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }
}
