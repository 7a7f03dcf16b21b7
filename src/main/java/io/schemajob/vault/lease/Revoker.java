package io.schemajob.vault.lease;

import io.schemajob.report.log.Log;
import io.schemajob.vault.http.ClientToken;
import io.schemajob.vault.http.VaultApi;
import io.schemajob.vault.http.VaultReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Gives back to Vault what the run got from it, within two seconds and whatever state the run is in: it neither throws
 * nor looks at the interruption.
 */
public final class Revoker {
    private static final Duration STEP = Duration.ofSeconds(1);

    private final VaultApi api;
    private final Log log;

    public Revoker(VaultApi api, Log log) {
        this.api = api;
        this.log = log;
    }

    /** Leases all at once, then what is left of them with their token, or else one by one in Vault's own time. */
    public void revoke(ClientToken token, List<Lease> leases) {
        List<Lease> left = failed(leases, true);
        if (!token.revocable()) {
            failed(left, false).forEach(this::warn);
            return;
        }
        VaultReply reply = api.send(VaultApi.post("auth/token/revoke-self", token, Map.of()), STEP)
                .join();
        if (reply.ok()) {
            log.debug("Revoked the Vault token" + (left.isEmpty() ? "." : " and with it its leases."));
        } else {
            log.warn("Could not revoke the Vault token (" + reply.reason() + "); it ends by itself.");
            left.forEach(this::warn);
        }
    }

    /**
     * Vault's default policy lets a token revoke itself but no lease; its leases then end with it.
     *
     * @param wait whether to hear of it only when the user is gone; otherwise Vault goes on trying by itself
     */
    private List<Lease> failed(List<Lease> leases, boolean wait) {
        List<CompletableFuture<VaultReply>> replies = leases.stream()
                .map(lease -> Map.of("lease_id", lease.lease(), "sync", wait))
                .map(body -> api.send(
                        VaultApi.post("sys/leases/revoke", leases.get(0).token(), body), STEP))
                .toList();
        List<Lease> failed = new ArrayList<>();
        for (int i = 0; i < leases.size(); i++) {
            VaultReply reply = replies.get(i).join();
            String name = leases.get(i).name();
            log.debug(reply.ok() ? "Revoked " + name + "." : "Revoking " + name + " failed: " + reply.reason());
            if (!reply.ok()) {
                failed.add(leases.get(i));
            }
        }
        return failed;
    }

    private void warn(Lease lease) {
        log.warn("Could not revoke " + lease.name() + "; it ends by itself within "
                + lease.ttl().toSeconds() + "s. A policy may allow it: path \"sys/leases/revoke\" { capabilities ="
                + " [\"update\"] }");
    }
}
