package io.schemajob.vault.lease;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.vault.client.common.VaultRequest;
import io.schemajob.vault.http.ClientToken;
import io.schemajob.vault.http.VaultApi;
import io.schemajob.vault.http.VaultReply;
import java.time.Duration;
import java.util.Map;

/**
 * Something that Vault ends after a while unless it is renewed: the login's token, or a lease.
 *
 * @param name for messages
 * @param ttl granted at its beginning; zero for ever
 * @param renewable whether Vault lets it be renewed
 * @param path of the API that renews it
 * @param token whose right it is
 * @param lease its identifier; null for the token itself
 * @param since {@link System#nanoTime()} of its beginning
 */
public record Lease(
        String name, Duration ttl, boolean renewable, String path, ClientToken token, String lease, long since) {

    public static Lease of(ClientToken token) {
        return new Lease(
                "the job's token",
                token.ttl(),
                token.renewable(),
                "auth/token/renew-self",
                token,
                null,
                System.nanoTime());
    }

    public static Lease of(DatabaseCredentials credentials, ClientToken token) {
        return new Lease(
                "the lease of database user " + credentials.username(),
                credentials.ttl(),
                credentials.renewable(),
                "sys/leases/renew",
                token,
                credentials.leaseId(),
                System.nanoTime());
    }

    boolean isToken() {
        return lease == null;
    }

    boolean endless() {
        return ttl.isZero();
    }

    /** What is left of the first grant. */
    Duration left() {
        return ttl.minusNanos(System.nanoTime() - since);
    }

    /** Asks for that much time from now; Vault grants less when a maximum is reached. */
    VaultRequest.Builder<?> renewal(Duration increment) {
        Map<String, ?> seconds = Map.of("increment", increment.toSeconds());
        Map<String, ?> body = isToken() ? seconds : Map.of("lease_id", lease, "increment", increment.toSeconds());
        return VaultApi.post(path, token, body);
    }

    /** How long it lives from now on, according to the answer of a renewal. */
    Duration granted(VaultReply reply) {
        JsonNode holder = isToken() ? reply.body().path("auth") : reply.body();
        return VaultReply.seconds(holder.path("lease_duration"));
    }

    /** Whether the refusal of a renewal says that it has ended already. */
    boolean ended(VaultReply reply) {
        String says = reply.says();
        return reply.status() == 400 && (says.contains("lease not found") || says.contains("lease expired"))
                || reply.status() == 403 && (says.contains("invalid token") || says.contains("token not found"));
    }

    /** Without the identifier. */
    @Override
    public String toString() {
        return "Renewable[name=" + name + ", ttl=" + ttl + ", renewable=" + renewable + "]";
    }
}
