package io.schemajob.vault.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class VaultReplyTest {
    @ParameterizedTest
    @ValueSource(ints = {408, 412, 429, 500, 502, 503, 504})
    void troubleOfTheServerPasses(int status) {
        assertThat(reply(status, "{}").passing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 301, 307, 400, 401, 403, 404, 405})
    void verdictsOfTheServerStay(int status) {
        assertThat(reply(status, "{}").passing()).isFalse();
    }

    @Test
    void freshMountOfKv2IsWaitedFor() {
        VaultReply reply = reply(
                400,
                "{\"errors\":[\"Upgrading from non-versioned to versioned data. This backend will be unavailable\"]}");

        assertThat(reply.passing()).isTrue();
    }

    @Test
    void silencePasses() {
        assertThat(VaultReply.none(new IOException("reset")).passing()).isTrue();
    }

    @Test
    void multiErrorListsBecomeOneLine() {
        assertThat(reply(403, "{\"errors\":[\"1 error occurred:\\n\\t* permission denied\\n\\n\"]}")
                        .says())
                .isEqualTo("permission denied");
        assertThat(reply(
                                403,
                                "{\"errors\":[\"2 errors occurred:\\n\\t* permission denied\\n\\t* invalid token\\n\\n\"]}")
                        .says())
                .isEqualTo("permission denied; invalid token");
        assertThat(reply(400, "{\"errors\":[\"one\",\"two\"]}").says()).isEqualTo("one; two");
    }

    @Test
    void troubleIsToldInWords() {
        assertThat(VaultReply.none(new ConnectException()).reason()).isEqualTo("the connection was refused");
        ConnectException unresolved = new ConnectException();
        unresolved.initCause(new UnresolvedAddressException());
        assertThat(VaultReply.none(unresolved).reason()).isEqualTo("its host name cannot be resolved");
        assertThat(VaultReply.none(new TimeoutException()).reason()).isEqualTo("it did not answer in time");
        assertThat(VaultReply.none(new IOException("Connection reset")).reason())
                .isEqualTo("Connection reset");
        assertThat(VaultReply.none(new IOException()).reason()).isEqualTo("IOException");
    }

    @Test
    void answersAreToldInWords() {
        assertThat(reply(503, "{\"errors\":[\"Vault is sealed\"]}").reason()).isEqualTo("it is sealed");
        assertThat(reply(502, "").reason()).isEqualTo("HTTP status 502");
        assertThat(reply(400, "{\"errors\":[\"missing jwt\"]}").reason()).isEqualTo("HTTP status 400: missing jwt");
    }

    public static VaultReply reply(int status, String body) {
        try {
            return new VaultReply(status, new ObjectMapper().readTree(body), Duration.ZERO, null);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
