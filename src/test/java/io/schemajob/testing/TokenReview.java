package io.schemajob.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The only stand-in of our tests: the one endpoint of a Kubernetes API server that Vault and OpenBao call at a login. It
 * checks signature, expiry and audience of the token as a cluster would, and answers in the form of {@code
 * authentication.k8s.io/v1}.
 */
public final class TokenReview implements AutoCloseable {
    private static final String PATH = "/apis/authentication.k8s.io/v1/tokenreviews";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServiceAccountTokens tokens;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    private TokenReview(ServiceAccountTokens tokens, HttpsServer server) {
        this.tokens = tokens;
        this.server = server;
    }

    /** On a free port of the loopback interface, with a certificate that a client can check. */
    public static TokenReview start(TestCa authority, ServiceAccountTokens tokens) {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(
                    new HttpsConfigurator(TestTls.server(authority.issue("localhost", "ip:127.0.0.1"))));
            TokenReview review = new TokenReview(tokens, server);
            server.createContext(PATH, review::handle);
            server.setExecutor(review.threads);
            server.start();
            return review;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What OpenBao's {@code kubernetes_host} is set to. */
    public String address() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The reviews that were asked for so far, in order. */
    public List<JsonNode> requests() {
        return List.copyOf(requests);
    }

    /** Lets the next requests fail as an API server does that is being restarted. */
    public void failNext(int times) {
        failures.set(times);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String bearer = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                    .orElse("");
            JsonNode review = JSON.readTree(exchange.getRequestBody());
            requests.add(review);
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.sendResponseHeaders(503, -1);
            } else if (!exchange.getRequestMethod().equals("POST") || !bearer.startsWith("Bearer ")) {
                exchange.sendResponseHeaders(401, -1);
            } else {
                answer(exchange, review);
            }
        }
    }

    private void answer(HttpExchange exchange, JsonNode review) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        answer.put("apiVersion", "authentication.k8s.io/v1");
        answer.put("kind", "TokenReview");
        answer.set("spec", review.path("spec"));
        answer.set("status", status(review.path("spec")));
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(201, body.length);
        exchange.getResponseBody().write(body);
    }

    private ObjectNode status(JsonNode spec) throws IOException {
        ObjectNode status = JSON.createObjectNode();
        String[] parts = spec.path("token").asText().split("\\.");
        if (parts.length != 3 || !signed(parts)) {
            return status.put("authenticated", false).put("error", "invalid bearer token");
        }
        JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        if (claims.path("exp").asLong() <= Instant.now().getEpochSecond()) {
            return status.put("authenticated", false).put("error", "token is expired");
        }
        List<String> audiences = audiences(spec, claims);
        if (audiences.isEmpty()) {
            return status.put("authenticated", false).put("error", "token audiences do not match");
        }
        status.put("authenticated", true);
        ArrayNode accepted = status.putArray("audiences");
        audiences.forEach(accepted::add);
        JsonNode kubernetes = claims.path("kubernetes.io");
        String namespace = kubernetes.path("namespace").asText();
        ObjectNode user = status.putObject("user");
        user.put("username", claims.path("sub").asText());
        user.put("uid", kubernetes.path("serviceaccount").path("uid").asText());
        user.putArray("groups")
                .add("system:serviceaccounts")
                .add("system:serviceaccounts:" + namespace)
                .add("system:authenticated");
        return status;
    }

    /** Those that both the reviewer asked for and the token has; the API server's own when none was asked for. */
    private static List<String> audiences(JsonNode spec, JsonNode claims) {
        List<String> own = new ArrayList<>();
        claims.path("aud").forEach(audience -> own.add(audience.asText()));
        List<String> asked = new ArrayList<>();
        spec.path("audiences").forEach(audience -> asked.add(audience.asText()));
        if (asked.isEmpty()) {
            asked.add(ServiceAccountTokens.ISSUER);
        }
        own.retainAll(asked);
        return own;
    }

    private boolean signed(String[] parts) {
        try {
            JsonNode header = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
            Signature signature = Signature.getInstance(tokens.signatureAlgorithm());
            signature.initVerify(tokens.publicKey());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return header.path("alg").asText().equals(tokens.algorithm())
                    && signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
