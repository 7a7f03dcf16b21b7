package io.schemajob.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets a client ask, says what it was told to say, whatever was asked, and then nothing more. */
final class RogueServer {
    private static final byte[] NOTHING = {};

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "rogue-server");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger connections = new AtomicInteger();
    private volatile List<byte[]> answers = List.of(NOTHING);

    RogueServer() {
        try {
            listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on the n-th connection gets the n-th of these; those after the last get nothing. */
    void say(List<byte[]> what) {
        answers = what;
        connections.set(0);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                int number = connections.getAndIncrement();
                List<byte[]> all = answers;
                threads.execute(() -> serve(client, number < all.size() ? all.get(number) : NOTHING));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on until the client goes, as a reset would take away what was said. */
    private static void serve(Socket client, byte[] answer) {
        try (client) {
            client.setSoTimeout(5_000);
            InputStream in = client.getInputStream();
            byte[] asked = new byte[8192];
            in.read(asked);
            client.getOutputStream().write(answer);
            client.shutdownOutput();
            while (in.read(asked) >= 0) {
                // More questions.
            }
        } catch (IOException e) {
            // It has gone.
        }
    }
}
