package io.schemajob.vault.lease;

import java.time.Duration;

/**
 * A database user that Vault made for this run.
 *
 * @param username the user's name
 * @param password its password
 * @param leaseId what Vault renews and revokes it by; empty for a static role, whose user outlives the run
 * @param ttl how long the user lives from the moment it was issued, unless renewed
 * @param renewable whether Vault lets the lease be renewed
 */
public record DatabaseCredentials(String username, String password, String leaseId, Duration ttl, boolean renewable) {
    /** Without password and lease. */
    @Override
    public String toString() {
        return "DatabaseCredentials[username=" + username + ", ttl=" + ttl + ", renewable=" + renewable + "]";
    }
}
