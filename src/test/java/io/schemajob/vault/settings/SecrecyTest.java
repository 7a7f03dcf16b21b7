package io.schemajob.vault.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecrecyTest {
    @ParameterizedTest
    @CsvSource({
        "password, short, true",
        "PGPASSWORD, short, true",
        "db_passphrase, short, true",
        "api-token, short, true",
        "url, postgresql://u:p@h/d, true",
        "anything, long enough, true",
        "anything, true, false",
        "engine, pg, false",
        "host, postgres.bizmatters.svc.cluster.local, false",
        "Username, agent_executor_user, false",
        "sslrootcert, /etc/ssl/certs/database.pem, false",
        "sslmode, verify-full, false"
    })
    void passwordsAreSecretAndConnectionsAreNot(String key, String value, boolean secret) {
        assertThat(Secrecy.of(key, value)).isEqualTo(secret);
    }
}
