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
 * A way to a PostgreSQL server that breaks in the middle of a commit: the session that has sent one word and then sends
 * COMMIT is cut off, before the server hears of it or before the client hears the answer.
 */
public final class CuttingProxy implements AutoCloseable {
    /** When the connection breaks. */
    public enum Cut {
        BEFORE_COMMIT_ARRIVES,
        BEFORE_ITS_ANSWER_ARRIVES,
        /** All other sessions too, and from then on nobody is let through. */
        BEFORE_ITS_ANSWER_ARRIVES_FOR_GOOD,
        /** Nothing breaks: the answer never comes. */
        ANSWER_NEVER_COMES
    }

    private static final String COMMIT = "COMMIT";

    /** The driver parses it once and then names it. */
    private static final Pattern PREPARED_COMMIT = Pattern.compile("(S_\\d+)\0COMMIT\0");

    private final ServerSocket listener;
    private final Postgres server;
    private final String marker;
    private final Cut cut;
    private final AtomicInteger cuts = new AtomicInteger();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final Set<Socket> silent = ConcurrentHashMap.newKeySet();

    private CuttingProxy(ServerSocket listener, Postgres server, String marker, Cut cut) {
        this.listener = listener;
        this.server = server;
        this.marker = marker;
        this.cut = cut;
    }

    /** @param marker what the session sends earlier in the transaction whose commit is cut */
    public static CuttingProxy to(Postgres server, String marker, Cut cut) {
        try {
            CuttingProxy proxy =
                    new CuttingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server, marker, cut);
            daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How often a connection was broken. */
    public int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                clients.add(client);
                Socket backend = new Socket(server.host(), server.port());
                daemon(() -> upstream(client, backend));
                daemon(() -> downstream(backend, client));
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private void upstream(Socket client, Socket backend) {
        boolean marked = false;
        boolean answerCut = false;
        String tail = "";
        String name = null;
        byte[] buffer = new byte[64 * 1024];
        try {
            InputStream in = client.getInputStream();
            OutputStream out = backend.getOutputStream();
            for (int n = in.read(buffer); n >= 0 && !answerCut; n = in.read(buffer)) {
                String text = tail + new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
                marked |= text.contains(marker);
                Matcher prepared = PREPARED_COMMIT.matcher(text);
                name = prepared.find() ? prepared.group(1) : name;
                boolean commits = text.contains(COMMIT) || name != null && text.contains("\0" + name + "\0");
                boolean committing = marked && commits && cuts.compareAndSet(0, 1);
                if (committing && cut == Cut.BEFORE_COMMIT_ARRIVES) {
                    break;
                }
                answerCut = committing && cut != Cut.ANSWER_NEVER_COMES;
                if (committing) {
                    cutAnswer(client);
                }
                out.write(buffer, 0, n);
                out.flush();
                tail = text.substring(Math.max(0, text.length() - marker.length()));
            }
        } catch (IOException e) {
            // One of both is gone.
        }
        if (!answerCut) {
            close(client);
            close(backend);
        }
    }

    private void cutAnswer(Socket client) throws IOException {
        if (cut == Cut.ANSWER_NEVER_COMES) {
            silent.add(client);
            return;
        }
        client.close();
        if (cut == Cut.BEFORE_ITS_ANSWER_ARRIVES_FOR_GOOD) {
            close();
            clients.forEach(CuttingProxy::close);
        }
    }

    private void downstream(Socket backend, Socket client) {
        byte[] buffer = new byte[64 * 1024];
        try {
            InputStream in = backend.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (!silent.contains(client)) {
                    out.write(buffer, 0, n);
                    out.flush();
                }
            }
        } catch (IOException e) {
            // One of both is gone.
        }
        close(client);
        close(backend);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
