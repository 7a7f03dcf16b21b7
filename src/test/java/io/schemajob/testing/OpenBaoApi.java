package io.schemajob.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What an administrator does with an OpenBao server, over its HTTP API, in the words of its documentation. Apart from
 * {@link #status}, everything that the server refuses is an exception.
 */
public final class OpenBaoApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private boolean wraps;

    private final URI address;
    private final HttpClient http;
    private final String namespace;
    private String token;

    OpenBaoApi(URI address, TestCa authority) {
        this(address, client(authority), null, null);
    }

    private OpenBaoApi(URI address, HttpClient http, String namespace, String token) {
        this.address = address;
        this.http = http;
        this.namespace = namespace;
        this.token = token;
    }

    /** The same server, seen from another namespace. */
    public OpenBaoApi inNamespace(String name) {
        return new OpenBaoApi(address, http, name, token);
    }

    /** The same server with the rights of another token. */
    public OpenBaoApi as(String otherToken) {
        return new OpenBaoApi(address, http, namespace, otherToken);
    }

    public String token() {
        return token;
    }

    void useToken(String rootToken) {
        token = rootToken;
    }

    public JsonNode read(String path) {
        return accepted(send("GET", path, BodyPublishers.noBody()), path);
    }

    public JsonNode write(String path, Map<String, ?> body) {
        try {
            return accepted(send("POST", path, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))), path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void delete(String path) {
        accepted(send("DELETE", path, BodyPublishers.noBody()), path);
    }

    /** The names below a path; empty if there are none. */
    public JsonNode list(String path) {
        HttpResponse<byte[]> response = send("LIST", path, BodyPublishers.noBody());
        return response.statusCode() == 404
                ? MissingNode.getInstance()
                : accepted(response, path).path("data").path("keys");
    }

    /** The HTTP status of a read, whatever it is. */
    public int status(String path) {
        return send("GET", path, BodyPublishers.noBody()).statusCode();
    }

    /** 200 when ready, 503 when sealed, 0 when nothing listens. */
    int health() {
        try {
            return status("sys/health");
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    /**
     * Mounts a KV engine and waits until it answers: version 2 is set up in the background, and refuses everything with
     * 400 until then.
     *
     * @param version of KV, 1 or 2
     */
    public void mountKv(String path, int version) {
        write("sys/mounts/" + path, Map.of("type", "kv", "options", Map.of("version", Integer.toString(version))));
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (version == 2 && status(path + "/config") != 200) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The KV mount " + path + " is not ready after 30 s");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Stores a secret in KV version 2. */
    public void putSecret(String mount, String path, Map<String, ?> values) {
        write(mount + "/data/" + path, Map.of("data", values));
    }

    public void enableAuth(String type, String mount) {
        write("sys/auth/" + mount, Map.of("type", type));
    }

    /** @param rules in HCL */
    public void policy(String name, String rules) {
        write("sys/policies/acl/" + name, Map.of("policy", rules));
    }

    /** @param options of {@code auth/token/create} */
    public String createToken(Map<String, ?> options) {
        return write("auth/token/create", options)
                .path("auth")
                .path("client_token")
                .asText();
    }

    /** Lets the database engine at a mount make users in a server; its rights there are the superuser's. */
    public void mountDatabase(String mount, Postgres.Database database) {
        Postgres server = database.server();
        write("sys/mounts/" + mount, Map.of("type", "database"));
        write(
                mount + "/config/postgres",
                Map.of(
                        "plugin_name",
                        "postgresql-database-plugin",
                        "allowed_roles",
                        "*",
                        "connection_url",
                        "postgresql://{{username}}:{{password}}@%s:%d/%s?sslmode=disable"
                                .formatted(server.host(), server.port(), database.name()),
                        "username",
                        server.user(),
                        "password",
                        server.password()));
    }

    /**
     * A role whose users are members of the database's owner, as the product's owner role wants it.
     *
     * @param ttl and {@code maxTtl} in Vault's form: {@code 30s}
     */
    public void databaseRole(String mount, String role, Postgres.Database database, String ttl, String maxTtl) {
        write(
                mount + "/roles/" + role,
                Map.of(
                        "db_name",
                        "postgres",
                        "creation_statements",
                        "CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' IN ROLE \""
                                + database.user() + "\"",
                        "default_ttl",
                        ttl,
                        "max_ttl",
                        maxTtl));
    }

    /** The leases at a path such as {@code database/creds/app}; zero when all are revoked. */
    public int leases(String path) {
        return list("sys/leases/lookup/" + path).size();
    }

    /** How many tokens the server knows. */
    public int tokens() {
        return list("auth/token/accessors").size();
    }

    /** The same API, whose answers come wrapped: the secret is in a token that is good for one look. */
    public OpenBaoApi wrapping() {
        OpenBaoApi other = as(token);
        other.wraps = true;
        return other;
    }

    /** The token in which such an answer comes. */
    public static String wrappingToken(JsonNode answer) {
        return answer.path("wrap_info").path("token").asText();
    }

    private HttpResponse<byte[]> send(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "/v1/" + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body);
        if (token != null) {
            request.header("X-Vault-Token", token);
        }
        if (wraps) {
            request.header("X-Vault-Wrap-TTL", "5m");
        }
        if (namespace != null) {
            request.header("X-Vault-Namespace", namespace);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode accepted(HttpResponse<byte[]> response, String path) {
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    "OpenBao answers " + response.statusCode() + " at " + path + ": " + new String(response.body()));
        }
        try {
            return response.body().length == 0 ? MissingNode.getInstance() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpClient client(TestCa authority) {
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        if (authority != null) {
            builder.sslContext(TestTls.client(authority));
        }
        return builder.build();
    }
}
