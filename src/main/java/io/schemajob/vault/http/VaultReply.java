package io.schemajob.vault.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.schemajob.report.text.Excerpt;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * What became of one request: an answer, or the trouble that kept it away.
 *
 * @param status of HTTP; 0 when no answer came
 * @param body as JSON; missing when there was none or it was no JSON
 * @param retryAfter how long the server asked us to wait; zero if it did not
 * @param location where a redirect leads; null if the answer is none
 * @param trouble why no answer came; null otherwise
 */
public record VaultReply(int status, JsonNode body, Duration retryAfter, String location, Throwable trouble) {
    private static final long LONGEST_SECONDS = 100L * 365 * 24 * 3600;
    private static final Set<Integer> PASSING = Set.of(408, 412, 429);

    public VaultReply(int status, JsonNode body, Duration retryAfter, Throwable trouble) {
        this(status, body, retryAfter, null, trouble);
    }

    static VaultReply none(Throwable trouble) {
        return new VaultReply(0, MissingNode.getInstance(), Duration.ZERO, trouble);
    }

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    public boolean denied() {
        return status == 401 || status == 403;
    }

    /**
     * Whether the same request may succeed a little later: Vault not there, sealed, in error, overloaded, or (412) not
     * yet as far as another node that wrote for us. A fresh KV version 2 mount answers 400 until it is set up.
     */
    boolean passing() {
        return status == 0 || status >= 500 || PASSING.contains(status) || says().contains("Upgrading from non-ver");
    }

    /** The server's own words, on one line; empty if it has none. */
    public String says() {
        List<String> errors = new ArrayList<>();
        body.path("errors").forEach(error -> errors.add(plain(error.asText())));
        return Excerpt.of(String.join("; ", errors));
    }

    /**
     * A time to live as Vault counts it. A hundred years are enough of it: more overflows the clock's nanoseconds, and a
     * root token's or a mount's {@code max_ttl} may be any number.
     */
    public static Duration seconds(JsonNode node) {
        return Duration.ofSeconds(Math.max(0, Math.min(node.asLong(), LONGEST_SECONDS)));
    }

    /** Why the request failed, as the second half of a sentence. */
    public String reason() {
        if (trouble != null) {
            return troubleInWords();
        }
        if (status == 503 && says().contains("sealed")) {
            return "it is sealed";
        }
        return "HTTP status " + status + (says().isEmpty() ? "" : ": " + says());
    }

    private String troubleInWords() {
        if (caused(UnknownHostException.class) || caused(UnresolvedAddressException.class)) {
            return "its host name cannot be resolved";
        }
        if (caused(ConnectException.class)) {
            return "the connection was refused";
        }
        if (caused(TimeoutException.class)) {
            return "it did not answer in time";
        }
        return Optional.ofNullable(trouble.getMessage())
                .map(Excerpt::of)
                .orElse(trouble.getClass().getSimpleName());
    }

    private boolean caused(Class<? extends Throwable> type) {
        return causes(trouble).anyMatch(type::isInstance);
    }

    /** The throwable, its cause, that one's cause and so on. */
    static Stream<Throwable> causes(Throwable throwable) {
        return Stream.iterate(throwable, cause -> cause != null, Throwable::getCause);
    }

    /** Go's multi-error lists, {@code 1 error occurred:\n\t* permission denied}, are for terminals. */
    private static String plain(String error) {
        return error.replaceFirst("^\\d+ errors? occurred:", "")
                .replaceAll("\\s*\\n\\s*\\*\\s*", "; ")
                .replaceAll("\\s+", " ")
                .replaceFirst("^; ", "")
                .strip();
    }
}
