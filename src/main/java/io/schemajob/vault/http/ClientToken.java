package io.schemajob.vault.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * A Vault token and what may be done with it.
 *
 * @param value what is sent with each request
 * @param ttl how long it is valid from now; zero for ever
 * @param renewable whether its life can be prolonged
 * @param revocable whether it is ours to revoke: obtained by our login, and no batch token
 */
public record ClientToken(String value, Duration ttl, boolean renewable, boolean revocable) {

    /** What a login's answer brings; empty if it is no token, or (with login MFA) not yet one. */
    public static Optional<ClientToken> issued(VaultReply login) {
        JsonNode auth = login.body().path("auth");
        if (!login.ok() || auth.path("client_token").asText("").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ClientToken(
                auth.path("client_token").asText(),
                VaultReply.seconds(auth.path("lease_duration")),
                auth.path("renewable").asBoolean(),
                !"batch".equals(auth.path("token_type").asText())));
    }

    /** From the {@code data} of a look-up of a token that the user handed to us. */
    public static ClientToken handed(String value, JsonNode data) {
        return new ClientToken(
                value,
                VaultReply.seconds(data.path("ttl")),
                data.path("renewable").asBoolean(),
                false);
    }

    /** Without the value. */
    @Override
    public String toString() {
        return "ClientToken[ttl=" + ttl + ", renewable=" + renewable + ", revocable=" + revocable + "]";
    }
}
