package io.schemajob.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a real server: passes everything on, remembers who asked for what, and misbehaves on
 * demand as load balancers, standby nodes and slow networks do.
 */
public final class VaultProxy implements AutoCloseable {
    /** Headers that the JDK's client sets by itself. */
    private static final Set<String> OWN = Set.of("host", "content-length", "connection", "upgrade", "http2-settings");

    private final URI target;
    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private volatile String prefix = "";

    /**
     * @param headers by lower-case name, first value each
     */
    public record Request(String method, String path, Map<String, String> headers) {}

    /** What happens to a request instead of, or before, being passed on. */
    private record Rule(String path, AtomicInteger times, Duration delay, int status, Map<String, String> headers) {
        boolean applies(String requested) {
            return requested.contains(path) && times.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        }
    }

    private VaultProxy(URI target, HttpServer server) {
        this.target = target;
        this.server = server;
    }

    /** On a free port of the loopback interface. */
    public static VaultProxy to(URI target) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            VaultProxy proxy = new VaultProxy(target, server);
            server.createContext("/", proxy::handle);
            server.setExecutor(proxy.threads);
            server.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** How often a path was asked for that contains this text. */
    public long count(String path) {
        return requests.stream()
                .filter(request -> request.path().contains(path))
                .count();
    }

    /** Answers the next requests for such a path itself. */
    public void answer(String path, int times, int status, Map<String, String> headers) {
        rules.add(new Rule(path, new AtomicInteger(times), Duration.ZERO, status, headers));
    }

    /** Passes such requests on after a while. */
    public void delay(String path, Duration delay) {
        rules.add(new Rule(path, new AtomicInteger(Integer.MAX_VALUE), delay, 0, Map.of()));
    }

    /** Serves the server below a path of its own, as an ingress may. */
    public void stripPrefix(String path) {
        prefix = path;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            if (!path.startsWith(prefix)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            requests.add(new Request(exchange.getRequestMethod(), path, headers));
            byte[] body = exchange.getRequestBody().readAllBytes();
            for (Rule rule : rules) {
                if (rule.applies(path)) {
                    Thread.sleep(rule.delay().toMillis());
                    if (rule.status() != 0) {
                        rule.headers().forEach(exchange.getResponseHeaders()::set);
                        exchange.sendResponseHeaders(rule.status(), -1);
                        return;
                    }
                }
            }
            pass(exchange, path.substring(prefix.length()), headers, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange, String path, Map<String, String> headers, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + path))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        headers.forEach((name, value) -> {
            if (!OWN.contains(name)) {
                request.header(name, value);
            }
        });
        HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
        response.headers().firstValue("Content-Type").ifPresent(type -> exchange.getResponseHeaders()
                .set("Content-Type", type));
        byte[] answer = response.body();
        exchange.sendResponseHeaders(response.statusCode(), answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
    }
}
