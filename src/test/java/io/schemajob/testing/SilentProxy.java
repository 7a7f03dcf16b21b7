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

/**
 * A way to a PostgreSQL server that goes silent when a session sends certain words: the connections stay open, new ones
 * are accepted, and not one byte is read or written any more. No keepalive notices that.
 */
public final class SilentProxy implements AutoCloseable {
    /** Who is struck. */
    public enum Scope {
        /** Everybody, those who come later too. */
        ALL,
        /** The session that said it, and only the answers to it: the server gets what it sends. */
        ANSWERS_TO_SESSION,
        /** Nobody of those who are there, but nobody new gets through. */
        NEWCOMERS
    }

    private final ServerSocket listener;
    private final Postgres server;
    private final String marker;
    private final Scope scope;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean struck;

    private SilentProxy(ServerSocket listener, Postgres server, String marker, Scope scope) {
        this.listener = listener;
        this.server = server;
        this.marker = marker;
        this.scope = scope;
    }

    /** @param marker the words, as they are on the wire */
    public static SilentProxy to(Postgres server, String marker, Scope scope) {
        try {
            SilentProxy proxy =
                    new SilentProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server, marker, scope);
            daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Whether the words were said. */
    public boolean struck() {
        return struck;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                if (struck && scope != Scope.ANSWERS_TO_SESSION) {
                    continue;
                }
                Socket backend = new Socket(server.host(), server.port());
                sockets.add(backend);
                Session session = new Session(client, backend);
                daemon(session::upstream);
                daemon(session::downstream);
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private final class Session {
        private final Socket client;
        private final Socket backend;
        private volatile boolean deaf;

        private Session(Socket client, Socket backend) {
            this.client = client;
            this.backend = backend;
        }

        private boolean silent() {
            return struck && scope == Scope.ALL || deaf;
        }

        private void upstream() {
            String tail = "";
            byte[] buffer = new byte[64 * 1024];
            try (client;
                    backend) {
                InputStream in = client.getInputStream();
                OutputStream out = backend.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    String text = tail + new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
                    if (!struck && text.contains(marker)) {
                        deaf = scope == Scope.ANSWERS_TO_SESSION;
                        struck = true;
                    }
                    tail = text.substring(Math.max(0, text.length() - marker.length()));
                    if (struck && scope == Scope.ALL) {
                        sleepUntilClosed();
                        return;
                    }
                    out.write(buffer, 0, n);
                    out.flush();
                }
            } catch (IOException | InterruptedException e) {
                // One of both is gone.
            }
        }

        private void downstream() {
            byte[] buffer = new byte[64 * 1024];
            try (client;
                    backend) {
                InputStream in = backend.getInputStream();
                OutputStream out = client.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (silent()) {
                        sleepUntilClosed();
                        return;
                    }
                    out.write(buffer, 0, n);
                    out.flush();
                }
            } catch (IOException | InterruptedException e) {
                // One of both is gone.
            }
        }

        private void sleepUntilClosed() throws InterruptedException {
            while (!listener.isClosed()) {
                Thread.sleep(100);
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "silent-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends everything, the server's side of the sessions too. */
    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
