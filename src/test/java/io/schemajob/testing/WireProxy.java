package io.schemajob.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A way to a PostgreSQL server that understands the messages of the protocol. It tells what each session sends, and does something
 * once, before the server gets the n-th message of a kind or before the client gets the answer to it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message formats</a>
 */
public final class WireProxy implements AutoCloseable {
    /** When it is done. */
    public enum Moment {
        /** The server has not got the message. */
        BEFORE,
        /** The server is done with it, and the client does not know. */
        ANSWERED
    }

    /**
     * The message at which it is done.
     *
     * @param message which one
     * @param nth of those, from 1
     */
    public record Point(Predicate<Sent> message, int nth, Moment moment) {}

    /**
     * A message that a client has sent. A statement of the extended protocol counts as it is bound, with its text.
     *
     * @param kind {@code 0} for the first of a session, {@code Q} for every statement, else the letter of the protocol
     * @param text of the statement, or of the first message
     */
    public record Sent(int session, char kind, String text) {}

    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<WireSession> sessions = ConcurrentHashMap.newKeySet();
    private final List<Sent> log = new CopyOnWriteArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger waits = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();
    private final AtomicBoolean struck = new AtomicBoolean();
    private final Point point;
    private final Consumer<WireSession> action;
    private volatile Postgres server;
    private volatile boolean refusing;
    private volatile boolean silent;
    private volatile long delayMillis;

    /** @param point null to only listen */
    public WireProxy(Postgres server, Point point, Consumer<WireSession> action) {
        this.server = server;
        this.point = point;
        this.action = action;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Whether the message came. */
    public boolean struck() {
        return struck.get();
    }

    /** All that was sent, in the order in which it arrived here. */
    public List<Sent> log() {
        return List.copyOf(log);
    }

    /** How often a client had to wait for the server: until it was ready, or wanted more of a login. */
    public int waits() {
        return waits.get();
    }

    void waited() {
        waits.incrementAndGet();
    }

    /** Whoever comes from now on is cut off at once. */
    public void refuse() {
        refusing = true;
    }

    /** Nothing passes any more; connections stay open, and new ones are accepted. */
    public void silence() {
        silent = true;
    }

    /** Each message to the server takes so long from now on. */
    public void slow(long millis) {
        delayMillis = millis;
    }

    /** Whoever comes from now on is led there. */
    public void leadTo(Postgres other) {
        server = other;
    }

    /** Cuts off each session on which nothing is sent for so long, as proxies do whose time-outs are shorter than a script. */
    public void dropIdle(long millis) {
        daemon(() -> {
            while (!listener.isClosed()) {
                sessions.stream()
                        .filter(session -> session.idleMillis() > millis)
                        .peek(session -> dropped.incrementAndGet())
                        .forEach(WireSession::reset);
                sessions.removeIf(session -> session.idleMillis() > millis);
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
    }

    /** How many were. */
    public int dropped() {
        return dropped.get();
    }

    /** Cuts off all sessions, as a load balancer does that goes away. */
    public void resetAll() {
        sessions.forEach(WireSession::reset);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                if (refusing) {
                    client.setSoLinger(true, 0);
                    client.close();
                } else if (!silent) {
                    daemon(() -> serve(client));
                }
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private void serve(Socket client) {
        try {
            Socket backend = new Socket(server.host(), server.port());
            backend.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            sockets.add(backend);
            WireSession session = new WireSession(this, numbers.incrementAndGet(), client, backend);
            sessions.add(session);
            session.upstream();
        } catch (IOException e) {
            closeQuietly(client);
        }
    }

    /** Notes a message, and says whether it is the one. */
    boolean isThePoint(Sent sent) {
        log.add(sent);
        return point != null
                && !struck.get()
                && point.message().test(sent)
                && seen.incrementAndGet() == point.nth()
                && struck.compareAndSet(false, true);
    }

    Moment moment() {
        return point.moment();
    }

    void strike(WireSession session) {
        synchronized (struck) {
            action.accept(session);
        }
    }

    /** Whether answers pass. */
    boolean passes() {
        return !silent;
    }

    /** Waits as long as a message takes here; returns whether it may pass. */
    boolean passesLate() {
        if (delayMillis > 0) {
            try {
                Thread.sleep(delayMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return !silent;
    }

    /** One message with its letter and length as they are on the wire; null at the end. */
    static byte[] read(DataInputStream in, boolean lettered) throws IOException {
        int letter = lettered ? in.read() : 0;
        if (letter < 0) {
            return null;
        }
        int length = in.readInt();
        int start = lettered ? 1 : 0;
        byte[] message = new byte[start + length];
        ByteBuffer buffer = ByteBuffer.wrap(message);
        if (lettered) {
            buffer.put((byte) letter);
        }
        buffer.putInt(length);
        in.readFully(message, start + 4, length - 4);
        return message;
    }

    static void write(Socket to, byte[] bytes) throws IOException {
        OutputStream out = to.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    static void daemon(Runnable work) {
        Thread thread = new Thread(work, "wire-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    /** Ends everything, the server's side of the sessions too, when what it does is done. */
    @Override
    public void close() {
        synchronized (struck) {
            refusing = true;
        }
        try {
            listener.close();
        } catch (IOException e) {
            // It is closed.
        }
        sockets.forEach(WireProxy::closeQuietly);
    }
}
