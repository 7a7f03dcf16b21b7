package io.schemajob.testing;

import io.schemajob.testing.WireProxy.Moment;
import io.schemajob.testing.WireProxy.Sent;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A session that passes through a {@link WireProxy}, and what can be done to it. */
public final class WireSession {
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int CANCEL_REQUEST = 80877102;

    /** No message of PostgreSQL. */
    private static final byte[] GARBAGE =
            "\u0007\u0000\u0000\u0000\u0009HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final WireProxy proxy;
    private final int number;
    private final Socket client;
    private final Socket backend;
    private final Map<String, String> statements = new HashMap<>();
    private volatile boolean held;
    private volatile boolean unanswered;
    private volatile boolean unheard;
    private volatile int pid;
    private volatile long lastMessage = System.nanoTime();

    WireSession(WireProxy proxy, int number, Socket client, Socket backend) {
        this.proxy = proxy;
        this.number = number;
        this.client = client;
        this.backend = backend;
    }

    /** Of the server's process; 0 before the login is complete. */
    public int pid() {
        return pid;
    }

    /** Both sides see it cut off. */
    public void reset() {
        try {
            client.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed.
        }
        WireProxy.closeQuietly(client);
        WireProxy.closeQuietly(backend);
    }

    /** The client hears that nothing comes any more, and may still send. */
    public void halfClose() {
        unanswered = true;
        try {
            client.shutdownOutput();
        } catch (IOException e) {
            // It is closed.
        }
    }

    /** The server gets what is sent, and nothing comes back. */
    public void loseAnswers() {
        unanswered = true;
    }

    /** The client gets what no server of PostgreSQL says. */
    public void corrupt() {
        try {
            WireProxy.write(client, GARBAGE);
        } catch (IOException e) {
            // It is closed.
        }
        unanswered = true;
        unheard = true;
    }

    /** The client gets the beginning of an answer and then the end of the connection. */
    public void cutAnswer() {
        try {
            WireProxy.write(client, new byte[] {'T', 0, 0});
        } catch (IOException e) {
            // It is closed.
        }
        reset();
    }

    void upstream() {
        try {
            DataInputStream in = new DataInputStream(client.getInputStream());
            if (begin(in)) {
                WireProxy.daemon(this::downstream);
                for (byte[] message = WireProxy.read(in, true); message != null; message = WireProxy.read(in, true)) {
                    pass(message, sent(message));
                }
            }
        } catch (IOException e) {
            // One of both is gone.
        }
        WireProxy.closeQuietly(backend);
        WireProxy.closeQuietly(client);
    }

    /** Passes what comes before the login; whether one comes. */
    private boolean begin(DataInputStream in) throws IOException {
        while (true) {
            byte[] message = WireProxy.read(in, false);
            int code = ByteBuffer.wrap(message).getInt(4);
            if (code == CANCEL_REQUEST) {
                WireProxy.write(backend, message);
                backend.getInputStream().read();
                return false;
            }
            if (code != SSL_REQUEST && code != GSS_REQUEST) {
                pass(message, new Sent(number, '0', text(message, 8)));
                return true;
            }
            WireProxy.write(backend, message);
            WireProxy.write(client, new byte[] {(byte) backend.getInputStream().read()});
        }
    }

    /** Since the last message of either side. */
    long idleMillis() {
        return (System.nanoTime() - lastMessage) / 1_000_000;
    }

    private void pass(byte[] message, Sent sent) throws IOException {
        lastMessage = System.nanoTime();
        boolean now = sent != null && proxy.isThePoint(sent);
        if (now && proxy.moment() == Moment.BEFORE) {
            proxy.strike(this);
        } else if (now) {
            held = true;
        }
        if (proxy.passesLate() && !unheard) {
            WireProxy.write(backend, message);
        }
    }

    private Sent sent(byte[] message) {
        char kind = (char) message[0];
        int name = zero(message, 5);
        switch (kind) {
            case 'P' -> {
                String statement = between(message, 5, name);
                statements.put(statement, between(message, name + 1, zero(message, name + 1)));
                return null;
            }
            case 'B' -> {
                String statement = between(message, name + 1, zero(message, name + 1));
                return new Sent(number, 'Q', statements.getOrDefault(statement, ""));
            }
            case 'Q' -> {
                return new Sent(number, 'Q', text(message, 5));
            }
            case 'D', 'E', 'S', 'C', 'H' -> {
                return null;
            }
            default -> {
                return new Sent(number, kind, "");
            }
        }
    }

    private static int zero(byte[] message, int from) {
        int at = from;
        while (at < message.length && message[at] != 0) {
            at++;
        }
        return at;
    }

    private static String between(byte[] message, int from, int to) {
        return new String(message, from, Math.max(0, to - from), StandardCharsets.UTF_8);
    }

    private static String text(byte[] message, int from) {
        return between(message, from, message.length).replace('\0', ' ').strip();
    }

    private void downstream() {
        try {
            DataInputStream in = new DataInputStream(backend.getInputStream());
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            for (byte[] message = WireProxy.read(in, true); message != null; message = WireProxy.read(in, true)) {
                kept.write(message);
                lastMessage = System.nanoTime();
                if (message[0] == 'K') {
                    pid = ByteBuffer.wrap(message).getInt(5);
                }
                // The answer is complete; or the server wants rows, or a password, first.
                boolean turn = message[0] == 'Z' || message[0] == 'G' || message[0] == 'R' && message[8] != 0;
                if (turn) {
                    proxy.waited();
                }
                if (held && turn) {
                    held = false;
                    proxy.strike(this);
                }
                if (!held) {
                    if (proxy.passes() && !unanswered) {
                        WireProxy.write(client, kept.toByteArray());
                    }
                    kept.reset();
                }
            }
            if (!unanswered && kept.size() > 0) {
                WireProxy.write(client, kept.toByteArray());
            }
        } catch (IOException e) {
            // One of both is gone.
        }
        if (proxy.passes() && !unanswered) {
            WireProxy.closeQuietly(client);
        }
        WireProxy.closeQuietly(backend);
    }

    @Override
    public String toString() {
        return "session " + number + " of " + Arrays.asList(client, backend);
    }
}
