package io.schemajob.vault.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What a JWT says about itself, read without checking its signature: enough to tell a person why Vault refused it, and
 * nothing that would let anybody use it.
 */
public record JwtClaims(JsonNode claims) {
    /** The last second of it; an {@link Instant} cannot hold every number that a token may. */
    private static final long YEAR_9999 = 253_402_300_799L;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Claims are missing when the text is no JWT. */
    public static JwtClaims of(String jwt) {
        String[] parts = jwt.split("\\.");
        if (parts.length == 3) {
            try {
                return new JwtClaims(JSON.readTree(Base64.getUrlDecoder().decode(parts[1])));
            } catch (IOException | IllegalArgumentException e) {
                // Not a JWT; described as such below.
            }
        }
        return new JwtClaims(MissingNode.getInstance());
    }

    Optional<Instant> expiry() {
        JsonNode exp = claims.path("exp");
        if (!exp.isNumber()) {
            return Optional.empty();
        }
        return Optional.of(Instant.ofEpochSecond(Math.max(0, Math.min(exp.asLong(), YEAR_9999))));
    }

    boolean expired(Instant now) {
        return expiry().filter(now::isAfter).isPresent();
    }

    /** Subject, audience and expiry, as far as there are any. */
    public String describe() {
        if (!claims.isObject()) {
            return "not a JWT";
        }
        return "subject " + claims.path("sub").asText("none") + ", audience "
                + (claims.has("aud") ? claims.get("aud") : "none") + ", expires "
                + expiry().map(Instant::toString).orElse("never");
    }
}
