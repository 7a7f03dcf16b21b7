package io.schemajob.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.LongNode;
import io.schemajob.vault.http.VaultReply;
import io.schemajob.vault.lease.RenewalPlan;
import io.schemajob.vault.login.JwtClaims;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The arithmetic of waiting and renewing. */
class TimingTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Property
    void renewalComesAtTwoThirds(@ForAll @LongRange(min = 1, max = 10_000_000) long seconds) {
        Duration left = Duration.ofSeconds(seconds);

        assertThat(RenewalPlan.afterGrant(left).toMillis()).isEqualTo(left.toMillis() * 2 / 3);
    }

    /** However long the lease: when every renewal fails, there are several tries before it ends. */
    @Property
    void failedRenewalsAreTriedAgainBeforeTheEnd(@ForAll @LongRange(min = 2, max = 10_000_000) long seconds) {
        Duration left = Duration.ofSeconds(seconds);
        left = left.minus(RenewalPlan.afterGrant(left));
        int tries = 0;
        while (tries < 100 && left.compareTo(Duration.ZERO) > 0) {
            left = left.minus(RenewalPlan.afterFailure(left));
            tries++;
        }

        assertThat(tries).isGreaterThanOrEqualTo(2);
    }

    @Test
    void grantThatGainsNothingIsTheLast() {
        assertThat(RenewalPlan.exhausted(SECOND.multipliedBy(20), SECOND.multipliedBy(60)))
                .isFalse();
        assertThat(RenewalPlan.exhausted(SECOND.multipliedBy(20), SECOND.multipliedBy(20)))
                .isTrue();
        assertThat(RenewalPlan.exhausted(SECOND.multipliedBy(20), SECOND.multipliedBy(19)))
                .isTrue();
    }

    /** A mount may have a max_ttl of any length; what is reckoned with it must not overflow. */
    @Property
    void anyTimeToLiveCanBeReckonedWith(@ForAll long seconds) {
        Duration ttl = VaultReply.seconds(LongNode.valueOf(seconds));

        assertThat(ttl.toNanos()).isNotNegative();
        assertThat(RenewalPlan.afterGrant(ttl).toMillis()).isPositive();
        assertThat(ttl).isEqualTo(Duration.ofSeconds(Math.max(0, Math.min(seconds, 3_153_600_000L))));
    }

    @Test
    void tokenMayExpireInAnyYear() {
        for (String exp : List.of("9223372036854775807", "-9223372036854775808", "1e300", "253402300800")) {
            String claims = Base64.getUrlEncoder().encodeToString(("{\"exp\":" + exp + "}").getBytes(UTF_8));
            assertThat(JwtClaims.of("h." + claims + ".s").describe()).contains("expires ");
        }
    }
}
