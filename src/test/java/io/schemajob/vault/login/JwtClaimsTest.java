package io.schemajob.vault.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.ServiceAccountTokens;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JwtClaimsTest {
    private static final ServiceAccountTokens TOKENS = ServiceAccountTokens.es256();

    @Test
    void claimsAreDescribedAndTheSignatureIsNot() {
        String jwt = TOKENS.sign("apps", "migrator", "vault", Duration.ofMinutes(5));
        JwtClaims claims = JwtClaims.of(jwt);

        assertThat(claims.describe())
                .startsWith("subject system:serviceaccount:apps:migrator, audience [\"vault\"], expires 20")
                .doesNotContain(jwt.substring(jwt.lastIndexOf('.') + 1));
        assertThat(claims.expired(Instant.now())).isFalse();
        assertThat(claims.expired(Instant.now().plusSeconds(301))).isTrue();
    }

    @Test
    void claimsMayBeAbsent() {
        assertThat(JwtClaims.of("e30.e30.e30").describe()).isEqualTo("subject none, audience none, expires never");
        assertThat(JwtClaims.of("e30.e30.e30").expired(Instant.now())).isFalse();
    }

    @Property
    void anyTextIsDescribedWithoutRepeatingIt(@ForAll String first, @ForAll String second) {
        JwtClaims claims = JwtClaims.of(first + "." + second + ".x");

        assertThat(claims.describe()).isIn("not a JWT", "subject none, audience none, expires never");
        assertThat(claims.expired(Instant.now())).isFalse();
    }
}
