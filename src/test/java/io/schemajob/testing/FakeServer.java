package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Notes the first bytes that a client sends, and hangs up. */
public final class FakeServer implements AutoCloseable {
    private final ServerSocket socket;
    private final CompletableFuture<String> first = new CompletableFuture<>();

    public FakeServer() {
        try {
            socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "fake-server");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** What the first client sent, byte by byte as letters. */
    public String firstBytes() throws InterruptedException, ExecutionException, TimeoutException {
        return first.get(Promptly.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private void serve() {
        try {
            while (true) {
                try (Socket client = socket.accept()) {
                    byte[] bytes = new byte[4096];
                    int count = client.getInputStream().read(bytes);
                    first.complete(new String(bytes, 0, Math.max(0, count), StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
