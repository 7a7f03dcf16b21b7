package io.schemajob.vault.lease;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.Redactor;
import io.schemajob.vault.http.ClientToken;
import io.schemajob.vault.http.RetryingVaultClient;
import io.schemajob.vault.http.VaultApi;
import io.schemajob.vault.http.VaultReply;
import io.schemajob.vault.settings.VaultSettings;
import java.util.Optional;
import java.util.function.Consumer;

/** Has Vault make a database user. */
public final class DatabaseIssuer {
    private final RetryingVaultClient caller;
    private final ClientToken token;
    private final Redactor redactor;

    public DatabaseIssuer(RetryingVaultClient caller, ClientToken token, Redactor redactor) {
        this.caller = caller;
        this.token = token;
        this.redactor = redactor;
    }

    /**
     * @param rolePath {@code MOUNT/creds/NAME}, or {@code MOUNT/static-creds/NAME} for a user that is not ours alone
     * @param issued gets every lease, also one that arrived when the run was already stopped
     * @throws SchemajobException CONFIG for an unknown role, ACCESS_DENIED when the policies do not allow it,
     *     UNAVAILABLE when Vault was away, or could not make the user, for the whole connect time-out
     */
    public DatabaseCredentials issue(String rolePath, Consumer<DatabaseCredentials> issued) {
        VaultReply reply = caller.call(
                VaultApi.get(rolePath, token), late -> credentials(late).ifPresent(issued));
        DatabaseCredentials credentials =
                credentials(reply).orElseThrow(() -> refusal(rolePath, reply).asException());
        issued.accept(credentials);
        return credentials;
    }

    private Optional<DatabaseCredentials> credentials(VaultReply reply) {
        JsonNode data = reply.body().path("data");
        if (!reply.ok() || !data.hasNonNull("username") || !data.hasNonNull("password")) {
            return Optional.empty();
        }
        redactor.protect(data.get("password").asText());
        String lease = reply.body().path("lease_id").asText();
        // A static role has no lease; what it has is the time to the next rotation of its password.
        JsonNode ttl = lease.isEmpty() ? data.path("ttl") : reply.body().path("lease_duration");
        return Optional.of(new DatabaseCredentials(
                data.get("username").asText(),
                data.get("password").asText(),
                lease,
                VaultReply.seconds(ttl),
                reply.body().path("renewable").asBoolean()));
    }

    public static Failure refusal(String rolePath, VaultReply reply) {
        if (reply.denied()) {
            return Failure.of(ExitStatus.ACCESS_DENIED, "Vault denies issuing credentials at " + rolePath + ".")
                    .hint("A policy of the login's role has to allow it: path \"" + rolePath
                            + "\" { capabilities = [\"read\"] }");
        }
        return Failure.of(
                        ExitStatus.CONFIG,
                        "Vault issues no database credentials at " + rolePath + ": " + reply.reason() + ".")
                .hint("Correct " + VaultSettings.DATABASE_ROLE + ", or create the role there.");
    }
}
