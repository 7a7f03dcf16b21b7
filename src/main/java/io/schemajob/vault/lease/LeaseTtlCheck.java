package io.schemajob.vault.lease;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.vault.http.ClientToken;
import io.schemajob.vault.http.RetryingVaultClient;
import io.schemajob.vault.http.VaultApi;
import io.schemajob.vault.http.VaultReply;
import java.time.Duration;

/**
 * Finds out how long Vault would let a token or lease live. The maximum is spread over role, mount and system, most of
 * which a job may not read; a renewal that asks for the whole time tells it, and a second one gives the time back, so
 * that a run that is killed leaves nothing behind for longer than before.
 */
public final class LeaseTtlCheck {
    private final RetryingVaultClient caller;

    public LeaseTtlCheck(RetryingVaultClient caller) {
        this.caller = caller;
    }

    /**
     * @param wanted from now on
     * @return the same if it can be had, or how much less
     */
    public Duration available(Lease thing, Duration wanted) {
        if (thing.endless() || thing.isToken() && periodic(thing.token())) {
            return wanted;
        }
        if (!thing.renewable()) {
            return shorter(thing.left(), wanted);
        }
        VaultReply reply = caller.call(thing.renewal(wanted));
        if (!reply.ok()) {
            return shorter(thing.left(), wanted);
        }
        Duration granted = thing.granted(reply);
        if (granted.compareTo(thing.ttl()) > 0) {
            caller.call(thing.renewal(thing.ttl()));
        }
        return shorter(granted, wanted);
    }

    /** A periodic token can be renewed for ever, though never by more than its period, unless it has a maximum too. */
    private boolean periodic(ClientToken token) {
        JsonNode data = caller.call(VaultApi.get("auth/token/lookup-self", token))
                .body()
                .path("data");
        return data.path("period").asLong() > 0 && data.path("explicit_max_ttl").asLong() == 0;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
