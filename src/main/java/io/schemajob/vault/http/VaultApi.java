package io.schemajob.vault.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.quarkus.vault.client.common.VaultBinaryResultExtractor;
import io.quarkus.vault.client.common.VaultRequest;
import io.quarkus.vault.client.common.VaultRequestExecutor;
import io.quarkus.vault.client.common.VaultResponse;
import io.quarkus.vault.client.http.jdk.JDKVaultHttpClient;
import io.schemajob.report.log.Redactor;
import io.schemajob.vault.settings.VaultSettings;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sends requests to one Vault and reads its answers. Never throws for what the network or the server do: that is in the
 * {@link VaultReply}.
 *
 * <p>Nothing here logs, and error texts of the server are redacted before anybody sees them.
 */
public final class VaultApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final VaultRequestExecutor client;
    private final URL root;
    private final String version;
    private final String namespace;
    private final Redactor redactor;

    public VaultApi(VaultSettings settings, Redactor redactor) {
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                // The client would send the token along to wherever it is told to.
                .followRedirects(HttpClient.Redirect.NEVER);
        if (settings.caCert() != null) {
            http.sslContext(TrustedAuthorities.only(settings.caCert()));
        }
        this.client = new JDKVaultHttpClient(http.build());
        URI address = settings.address();
        this.root = root(address);
        // The client resolves a path in the base URL as a relative one, so it is made part of the version instead.
        this.version = VaultSettings.trimSlashes(address.getRawPath()) + "/v1";
        this.namespace = settings.namespace();
        this.redactor = redactor;
    }

    public static VaultRequest.Builder<?> get(String path, ClientToken token) {
        return VaultRequest.get("read").path(encode(path)).token(token.value());
    }

    /** The names right below a path. */
    public static VaultRequest.Builder<?> list(String path, ClientToken token) {
        return VaultRequest.list("list").path(encode(path)).token(token.value());
    }

    public static VaultRequest.Builder<?> post(String path, ClientToken token, Map<String, ?> body) {
        return VaultRequest.post("write")
                .path(encode(path))
                .token(token == null ? null : token.value())
                .body(body);
    }

    /** Completes normally, within the time-out, whatever happens. */
    public CompletableFuture<VaultReply> send(VaultRequest.Builder<?> request, Duration timeout) {
        request.apiVersion(version).timeout(timeout).expectAnyStatus();
        // Asked for by agents that guard against requests forged by a browser.
        request.header("X-Vault-Request", "true");
        if (namespace != null) {
            request.namespace(namespace);
        }
        return execute(request, root)
                .thenCompose(answer -> answer.location() == null
                        ? CompletableFuture.completedFuture(answer)
                        : Redirection.followed(answer.asked(), answer.status(), answer.location())
                                .map(to -> execute(request, root(to)))
                                .orElseGet(() -> CompletableFuture.completedFuture(answer)))
                // The client's own time-out ends with the headers; a body that never comes has to end too.
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((answer, trouble) -> trouble == null ? reply(answer) : VaultReply.none(cause(trouble)));
    }

    private record Answer(URI asked, VaultResponse<byte[]> response) {
        int status() {
            return response.getStatusCode();
        }

        /** Where a redirect leads, or null. */
        String location() {
            return status() / 100 == 3 ? header(response, "Location") : null;
        }
    }

    private CompletableFuture<Answer> execute(VaultRequest.Builder<?> request, URL base) {
        VaultRequest<byte[]> built = request.baseUrl(base).build(new VaultBinaryResultExtractor());
        URI asked = URI.create(built.getUrl().toString());
        return client.execute(built).toCompletableFuture().thenApply(response -> new Answer(asked, response));
    }

    private static URL root(URI address) {
        try {
            return new URL(address.getScheme() + "://" + address.getRawAuthority());
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private VaultReply reply(Answer answer) {
        VaultResponse<byte[]> response = answer.response();
        // Not getBodyAsString(): it decodes with the platform's charset, and containers have none.
        String text = new String(response.getBody().orElse(new byte[0]), StandardCharsets.UTF_8);
        JsonNode body = parse(response.isSuccessful() ? text : redactor.redact(text));
        return new VaultReply(response.getStatusCode(), body, retryAfter(response), answer.location(), null);
    }

    private static Throwable cause(Throwable trouble) {
        return trouble instanceof CompletionException && trouble.getCause() != null ? trouble.getCause() : trouble;
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static Duration retryAfter(VaultResponse<?> response) {
        String value = header(response, "Retry-After");
        return value != null && value.matches("\\d{1,5}") ? Duration.ofSeconds(Long.parseLong(value)) : Duration.ZERO;
    }

    private static String header(VaultResponse<?> response, String name) {
        return response.getHeaders().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** Percent-encodes what stands between the slashes. */
    static String encode(String path) {
        return Stream.of(path.split("/"))
                .map(segment ->
                        URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }
}
