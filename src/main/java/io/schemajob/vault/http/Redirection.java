package io.schemajob.vault.http;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.vault.settings.VaultSettings;
import java.net.URI;
import java.util.Optional;

/**
 * Where an answer leads elsewhere. One that keeps the request as it is (307, 308) and stays on the same host, by the
 * same scheme, is followed; no other is, as a token must not get to another host or lose its encryption, and 301 and
 * 302 drop the body of a login.
 */
final class Redirection {
    /** Longer than any address of a Vault: what is longer is not one, and would fill a message. */
    private static final int LONGEST = 1_000;

    private Redirection() {}

    /**
     * The address to send the same request to, instead of the one that was asked; empty if it is not followed.
     *
     * @param asked the URL of the request
     */
    static Optional<URI> followed(URI asked, int status, String location) {
        return status != 307 && status != 308
                ? Optional.empty()
                : target(asked, location)
                        .filter(to -> asked.getScheme().equalsIgnoreCase(to.getScheme())
                                && asked.getHost().equalsIgnoreCase(to.getHost())
                                && asked.getRawPath().equals(to.getRawPath()));
    }

    /** What to say of an answer that leads elsewhere and was not followed; empty if it is none. */
    public static Optional<Failure> in(VaultReply reply, VaultSettings settings) {
        if (reply.status() / 100 != 3) {
            return Optional.empty();
        }
        String address = settings.address().toString();
        String to = target(settings.address(), reply.location())
                .map(Redirection::vaultAddress)
                .orElse("nowhere");
        Failure failure = Failure.of(
                ExitStatus.CONFIG,
                "%s redirects to %s (HTTP status %d), which is not followed: a token is sent to nobody else."
                        .formatted(address, to, reply.status()));
        if (to.equals("nowhere") || to.equals(address)) {
            return Optional.of(failure.hint("Correct " + VaultSettings.ADDRESS + ": it is Vault's own address."));
        }
        return Optional.of(failure.hint("If that is Vault, set " + VaultSettings.ADDRESS + "=" + to
                + "; a standby node is no address for a job, but the service that leads to the active one."));
    }

    private static Optional<URI> target(URI asked, String location) {
        try {
            return Optional.ofNullable(location)
                    .filter(text -> text.length() <= LONGEST)
                    .map(text -> asked.resolve(URI.create(text)))
                    .filter(to -> to.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What stands before the API's version; user, password and query are nobody's business. */
    private static String vaultAddress(URI to) {
        String path = to.getRawPath() == null ? "" : to.getRawPath();
        int api = path.indexOf("/v1/");
        return to.getScheme() + "://" + to.getHost() + (to.getPort() < 0 ? "" : ":" + to.getPort())
                + VaultSettings.trimEnd(api < 0 ? path : path.substring(0, api));
    }
}
