package io.schemajob.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.vault.http.ClientToken;
import io.schemajob.vault.lease.DatabaseCredentials;
import io.schemajob.vault.lease.Lease;
import io.schemajob.vault.settings.Secret;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds a secret does not print it. */
class RedactedRecordsTest {
    private static final ClientToken TOKEN = new ClientToken("canary-token", Duration.ofMinutes(1), true, true);
    private static final DatabaseCredentials USER =
            new DatabaseCredentials("someone", "canary-password", "canary-lease", Duration.ofMinutes(1), true);

    @Test
    void secretsAreNotPrinted() {
        assertThat(TOKEN).asString().contains("ttl=PT1M").doesNotContain("canary");
        assertThat(USER).asString().contains("someone").doesNotContain("canary");
        assertThat(Lease.of(TOKEN)).asString().doesNotContain("canary");
        assertThat(Lease.of(USER, TOKEN)).asString().contains("someone").doesNotContain("canary");
        assertThat(new Secret("kv/app", Map.of("password", "canary")))
                .asString()
                .contains("kv/app", "password")
                .doesNotContain("canary");
    }
}
