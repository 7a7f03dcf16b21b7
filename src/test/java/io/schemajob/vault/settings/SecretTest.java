package io.schemajob.vault.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values of a secret as they were stored, with what came along unseen. */
class SecretTest {
    private final Secret secret = new Secret(
            "kv/app", Map.of("host", "db\n", "username", "app\u00a0", "database", "a b", "password", "p w\n"));

    @Test
    void lineBreakOfTheFileThatAValueWasStoredFromIsNamed() {
        assertThatThrownBy(() -> secret.require("host"))
                .hasMessageContaining("The value of 'host' in the Vault secret kv/app has a line break");
        assertThatThrownBy(() -> secret.require("username")).hasMessageContaining("a no-break space (\\u00a0)");
        assertThat(secret.require("database")).isEqualTo("a b");
    }

    /** It may be meant: a password is everything that was stored. */
    @Test
    void passwordStaysAsItIs() {
        assertThat(secret.require("password")).isEqualTo("p w\n");
    }
}
