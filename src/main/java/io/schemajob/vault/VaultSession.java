package io.schemajob.vault;

import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.Log;
import io.schemajob.report.log.Redactor;
import io.schemajob.vault.http.ClientToken;
import io.schemajob.vault.http.RetryingVaultClient;
import io.schemajob.vault.http.VaultApi;
import io.schemajob.vault.kv.KvFolder;
import io.schemajob.vault.kv.KvReader;
import io.schemajob.vault.lease.DatabaseCredentials;
import io.schemajob.vault.lease.DatabaseIssuer;
import io.schemajob.vault.lease.Lease;
import io.schemajob.vault.lease.LeaseTtlCheck;
import io.schemajob.vault.lease.Renewer;
import io.schemajob.vault.lease.Revoker;
import io.schemajob.vault.login.VaultLogin;
import io.schemajob.vault.settings.Secret;
import io.schemajob.vault.settings.VaultSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The job's own login to Vault or OpenBao, from which it reads what a sidecar or an operator would otherwise have to
 * hand to it. While open it keeps its token and leases alive; closing it gives them back.
 *
 * <p>Errors of every method are {@link SchemajobException}s: CONFIG for what is missing or malformed, ACCESS_DENIED for
 * what Vault refuses, UNAVAILABLE when Vault was unreachable, sealed or in error for the whole connect time-out, and
 * the reason of the interruption when the run is stopped. No secret is part of any of them, and every secret is known
 * to the {@link Redactor} before it is returned.
 */
public final class VaultSession implements AutoCloseable {
    private final VaultSettings settings;
    private final VaultApi api;
    private final RetryingVaultClient caller;
    private final ClientToken token;
    private final Lease tokenLife;
    private final Renewer renewer;
    private final Log log;
    private final Redactor redactor;
    private final List<Lease> leases = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private VaultSession(
            VaultSettings settings,
            VaultApi api,
            RetryingVaultClient caller,
            ClientToken token,
            Log log,
            Redactor redactor) {
        this.settings = settings;
        this.api = api;
        this.caller = caller;
        this.token = token;
        this.tokenLife = Lease.of(token);
        this.log = log;
        this.redactor = redactor;
        this.renewer = new Renewer(api, log);
    }

    /** Logs in, with the step lines that operators know. */
    public static VaultSession open(
            VaultSettings settings, CancellationToken cancellation, Log log, Redactor redactor) {
        VaultApi api = new VaultApi(settings, redactor);
        RetryingVaultClient caller = new RetryingVaultClient(api, settings, cancellation, log);
        ClientToken token = new VaultLogin(settings, api, caller, cancellation, log, redactor).token();
        VaultSession session = new VaultSession(settings, api, caller, token, log, redactor);
        session.renewer.keep(session.tokenLife);
        return session;
    }

    /**
     * The same login for another run of this process, which reads another secret and ends before this one does.
     *
     * @param other settings that differ in what is read only
     */
    public VaultSession sharedBy(VaultSettings other, CancellationToken cancellation, Log otherLog) {
        ClientToken borrowed = new ClientToken(token.value(), token.ttl(), false, false);
        RetryingVaultClient otherCaller = new RetryingVaultClient(api, other, cancellation, otherLog);
        return new VaultSession(other, api, otherCaller, borrowed, otherLog, redactor);
    }

    /**
     * The connection that the settings name: the KV secret, and on top of it user and password of the dynamic
     * credentials if there is a database role. Says so in step lines.
     */
    public Secret postgresCredentials() {
        if (settings.secretPath() == null) {
            throw Failure.of(ExitStatus.CONFIG, VaultSettings.SECRET + " is not set.")
                    .hint("Name the KV secret that holds host, port, database, username and password.")
                    .asException();
        }
        log.step("Fetching PostgreSQL credentials from Vault...");
        Secret secret = readSecret(settings.secretPath());
        if (settings.databaseRole() != null) {
            DatabaseCredentials user = databaseCredentials(settings.databaseRole());
            Map<String, String> values = new HashMap<>(secret.values());
            values.put("username", user.username());
            values.put("password", user.password());
            secret = new Secret(secret.path(), values);
        }
        log.step("PostgreSQL credentials fetched successfully");
        return secret;
    }

    /** @param path mount and path as {@code vault kv get} takes them; KV version 1 and 2 are told apart by themselves */
    public Secret readSecret(String path) {
        return new KvReader(caller, token, redactor).read(VaultSettings.trimSlashes(path));
    }

    /**
     * The names of the secrets right below a path, without those of further folders.
     *
     * @param path mount and path as {@code vault kv list} takes them
     */
    public List<String> secretsBelow(String path) {
        return new KvFolder(caller, token).names(VaultSettings.trimSlashes(path));
    }

    /**
     * A database user of our own, renewed until the session is closed and then revoked.
     *
     * @param rolePath {@code database/creds/NAME}, at any mount
     */
    public DatabaseCredentials databaseCredentials(String rolePath) {
        return new DatabaseIssuer(caller, token, redactor).issue(VaultSettings.trimSlashes(rolePath), this::hold);
    }

    /**
     * Refuses, before anything is changed, a lease or a token that must end before the run does. Nothing is asked when
     * there is no lease.
     *
     * @param needed from now on
     */
    public void requireLasting(Duration needed) {
        LeaseTtlCheck probe = new LeaseTtlCheck(caller);
        // Vault counts in whole seconds: it could not grant a part of one.
        Duration seconds =
                Duration.ofSeconds(needed.plusSeconds(1).minusNanos(1).toSeconds());
        leases.forEach(lease -> requireLasting(probe, lease, seconds));
        if (!leases.isEmpty()) {
            requireLasting(probe, tokenLife, seconds);
        }
    }

    /** What Vault has ended while the run still needed it, as a sentence for the report; empty as long as all is well. */
    public Optional<String> leaseLost() {
        return renewer.lost();
    }

    /**
     * Revokes the leases, and the token if this session obtained it; a token that was handed to us is left alone. Takes
     * two seconds at most, works while the run is being stopped, and warns instead of throwing. Close the database
     * connections first.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            renewer.close();
            new Revoker(api, log).revoke(token, leases);
        }
    }

    /** Ends the session but leaves its leases, and the token they hang on, to somebody who goes on using them. */
    public void detach() {
        if (closed.compareAndSet(false, true)) {
            renewer.close();
        }
    }

    private void hold(DatabaseCredentials credentials) {
        if (!credentials.leaseId().isEmpty()) {
            Lease lease = Lease.of(credentials, token);
            leases.add(lease);
            renewer.keep(lease);
        }
    }

    private static void requireLasting(LeaseTtlCheck probe, Lease thing, Duration needed) {
        Duration available = probe.available(thing, needed);
        if (available.compareTo(needed) < 0) {
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "Vault lets " + thing.name() + " live for " + available.toSeconds()
                                    + "s at most, but the run" + " may take " + needed.toSeconds() + "s.")
                    .hint("Raise max_ttl of the database role, or token_max_ttl of the login's role, or lower"
                            + " SCHEMAJOB_DEADLINE.")
                    .asException();
        }
    }
}
