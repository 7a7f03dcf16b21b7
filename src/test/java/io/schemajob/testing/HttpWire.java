package io.schemajob.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way to a server of HTTP/1.1 on which a network may be as bad as networks are: it does something once, to the first request for a path,
 * or from then on to all. {@link VaultProxy} is for what a server says; this is for what happens to its bytes.
 */
public final class HttpWire implements AutoCloseable {
    /** What is done. */
    public enum Break {
        /** Before the server gets the request. */
        RESET_BEFORE,
        /** In place of the answer. */
        RESET_AFTER,
        /** The end of the connection in place of the answer. */
        NO_ANSWER,
        /** Half of the answer. */
        CUT,
        /** Something else than HTTP. */
        CORRUPT,
        /** An answer of HTTP that is not the server's. */
        NO_JSON,
        /** Slowly, byte by byte at its beginning. */
        SLOW,
        /** From then on nothing is answered. */
        BLACK_HOLE,
        /** From then on nobody listens. */
        GONE
    }

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

    private final URI target;
    private final Pattern path;
    private final Break kind;
    private final ServerSocket listener;
    private final AtomicBoolean struck = new AtomicBoolean();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** @param path found in the first line of the request */
    public HttpWire(URI target, String path, Break kind) {
        this.target = target;
        this.path = Pattern.compile(path);
        this.kind = kind;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        WireProxy.daemon(this::accept);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Whether the request came. */
    public boolean struck() {
        return struck.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                WireProxy.daemon(() -> serve(client));
            }
        } catch (IOException e) {
            // The test has ended, or nobody listens any more.
        }
    }

    /** One request a connection: the answer says that it is closed. */
    private void serve(Socket client) {
        try (Socket server = new Socket(target.getHost(), target.getPort())) {
            if (struck() && kind == Break.GONE) {
                reset(client);
                return;
            }
            String request = request(client.getInputStream());
            boolean now =
                    path.matcher(request.lines().findFirst().orElse("")).find() && struck.compareAndSet(false, true);
            if (struck() && kind == Break.BLACK_HOLE) {
                return;
            }
            if (now && kind == Break.GONE) {
                listener.close();
            }
            if (now && (kind == Break.RESET_BEFORE || kind == Break.GONE)) {
                reset(client);
                return;
            }
            server.getOutputStream()
                    .write(request.replaceFirst("\r\n", "\r\nConnection: close\r\n")
                            .replaceAll("(?i)\r\nconnection: (?!close)[^\r]*|\r\n(upgrade|http2-settings):[^\r]*", "")
                            .getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = server.getInputStream().readAllBytes();
            answer(client, now, answer);
        } catch (IOException e) {
            WireProxy.closeQuietly(client);
        }
    }

    private void answer(Socket client, boolean now, byte[] answer) throws IOException {
        if (!now) {
            WireProxy.write(client, answer);
            client.close();
            return;
        }
        switch (kind) {
            case RESET_AFTER -> reset(client);
            case CUT -> {
                WireProxy.write(client, Arrays.copyOf(answer, answer.length / 2));
                client.close();
            }
            case CORRUPT -> WireProxy.write(client, "SSH-2.0-OpenSSH_9.6\r\n".getBytes(StandardCharsets.US_ASCII));
            case NO_JSON ->
                WireProxy.write(
                        client,
                        "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>"
                                .getBytes(StandardCharsets.US_ASCII));
            case SLOW -> {
                for (int i = 0; i < Math.min(30, answer.length); i++) {
                    WireProxy.write(client, new byte[] {answer[i]});
                    pause();
                }
                WireProxy.write(client, Arrays.copyOfRange(answer, Math.min(30, answer.length), answer.length));
            }
            default -> {}
        }
        client.close();
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    /** Head and body, byte by byte as letters. */
    private static String request(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        Matcher length = LENGTH.matcher(head.toString(StandardCharsets.ISO_8859_1));
        head.write(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            // It is closed.
        }
        sockets.forEach(WireProxy::closeQuietly);
    }
}
