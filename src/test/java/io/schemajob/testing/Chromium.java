package io.schemajob.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A real Chromium (Debian package {@code chromium}) without a window and without a network: it resolves no name. It is
 * driven by the DevTools protocol over a pipe, so it listens nowhere, and it ends with this JVM, even a killed one.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">Chrome DevTools Protocol</a>
 */
public final class Chromium implements AutoCloseable {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    /** The browser reads commands from descriptor 3 and writes answers to 4; messages end with a zero byte. */
    private static final String START = "log=$1; shift; exec \"$@\" 3<&0 4>&1 </dev/null >\"$log\" 2>&1";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<Consumer<JsonNode>> listeners = new CopyOnWriteArrayList<>();

    private Chromium(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "chromium");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts one; a missing program is a missing part. */
    public static Chromium start() {
        Path program = Parts.program("chromium", "apt-get install chromium");
        Path folder = TemporaryFolders.create("chromium");
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", START, "sh", folder.resolve("log").toString(), program.toString()));
        if (ROOT) {
            command.add("--no-sandbox");
        }
        command.addAll(List.of(
                "--headless",
                "--remote-debugging-pipe",
                "--user-data-dir=" + folder.resolve("profile"),
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--no-first-run",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-component-update",
                "--hide-scrollbars",
                "--force-device-scale-factor=1",
                "--lang=en"));
        try {
            return new Chromium(new ProcessBuilder(command).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a file in a window of its own size. */
    public BrowserPage open(Path file, int width, int height) {
        return BrowserPage.open(this, file, width, height);
    }

    /** Sends a command and waits for its answer. */
    JsonNode send(String session, String method, Map<String, ?> parameters) {
        int id = number.incrementAndGet();
        Map<String, Object> message = new HashMap<>(Map.of("id", id, "method", method, "params", parameters));
        if (session != null) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        try {
            byte[] bytes = JSON.writeValueAsBytes(message);
            OutputStream out = process.getOutputStream();
            synchronized (out) {
                out.write(bytes);
                out.write(0);
                out.flush();
            }
            JsonNode reply = answer.get(Promptly.LIMIT.toMillis() * 3, TimeUnit.MILLISECONDS);
            if (reply.has("error")) {
                throw new AssertionError(method + ": " + reply.path("error"));
            }
            return reply.path("result");
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new AssertionError(method + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Is told every event. */
    void listen(Consumer<JsonNode> listener) {
        listeners.add(listener);
    }

    private void read() {
        try (InputStream in = process.getInputStream()) {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    if (buffer[i] == 0) {
                        accept(JSON.readTree(message.toString(StandardCharsets.UTF_8)));
                        message.reset();
                    } else {
                        message.write(buffer[i]);
                    }
                }
            }
        } catch (IOException e) {
            // It ended, and who waits for an answer is told below.
        }
        answers.values().forEach(answer -> answer.completeExceptionally(new IOException("Chromium ended")));
    }

    private void accept(JsonNode message) {
        CompletableFuture<JsonNode> answer = answers.remove(message.path("id").asInt());
        if (answer != null) {
            answer.complete(message);
        } else {
            listeners.forEach(listener -> listener.accept(message));
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor(Promptly.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
