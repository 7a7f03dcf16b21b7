package io.schemajob.vault.login;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.vault.http.VaultReply;
import io.schemajob.vault.settings.AuthMethod;
import io.schemajob.vault.settings.VaultSettings;
import java.time.Instant;

/** Turns an answer that is no login into what a person has to check. */
final class LoginRefusal {
    private LoginRefusal() {}

    /**
     * @param jwt what was presented, for Kubernetes and JWT logins; null otherwise
     * @param now for telling an expired token
     */
    public static Failure of(VaultSettings settings, VaultReply reply, JwtClaims jwt, Instant now) {
        if (reply.ok()) {
            return notVault(settings, reply);
        }
        // Servers say so in plain text, each in its own.
        boolean http = settings.address().getScheme().equalsIgnoreCase("http");
        if (http && reply.status() == 400 && reply.body().isMissingNode()) {
            return Failure.of(ExitStatus.CONFIG, "Vault at " + settings.address() + " expects TLS.")
                    .hint("Write https:// in " + VaultSettings.ADDRESS + ".");
        }
        if (reply.says().contains("namespace not found")) {
            return Failure.of(ExitStatus.CONFIG, "Vault has no namespace '" + settings.namespace() + "'.")
                    .hint("Correct " + VaultSettings.NAMESPACE + ".");
        }
        if (reply.status() == 404 || reply.status() / 100 == 3) {
            return Failure.of(
                            ExitStatus.CONFIG,
                            "Nothing accepts logins at " + place(settings) + " (" + reply.reason() + ").")
                    .hint("Compare " + VaultSettings.ADDRESS + ", " + VaultSettings.NAMESPACE + " and "
                            + VaultSettings.AUTH_MOUNT + " with `vault auth list`.");
        }
        return refused(settings, reply, jwt, now);
    }

    private static Failure refused(VaultSettings settings, VaultReply reply, JwtClaims jwt, Instant now) {
        String why = reply.says().isEmpty() ? reply.reason() : reply.says();
        if (jwt != null && jwt.expired(now)) {
            why += "; the token in " + settings.tokenFile() + " expired at "
                    + jwt.expiry().orElseThrow();
        }
        Failure failure = Failure.of(
                        ExitStatus.ACCESS_DENIED,
                        "Vault refused the " + settings.auth().label() + " login" + role(settings) + " at "
                                + place(settings) + ": " + why + ".")
                .hint(hint(settings));
        return jwt == null ? failure : failure.where("token in " + settings.tokenFile() + ": " + jwt.describe());
    }

    private static Failure notVault(VaultSettings settings, VaultReply reply) {
        if (reply.body().path("auth").path("mfa_requirement").isObject()) {
            return Failure.of(ExitStatus.ACCESS_DENIED, "Vault demands a second factor at " + place(settings) + ".")
                    .hint("Give the job a role without login MFA.");
        }
        return Failure.of(ExitStatus.CONFIG, "What answers at " + settings.address() + " is not Vault.")
                .hint("Correct " + VaultSettings.ADDRESS + ".");
    }

    private static String hint(VaultSettings settings) {
        String mount = settings.authMount();
        return switch (settings.auth()) {
            case KUBERNETES ->
                "Compare `vault read auth/" + mount + "/role/" + settings.role()
                        + "` (service account names, namespaces, audience) with the token, see that the mount exists in"
                        + " `vault auth list`, and that Vault may create token reviews (`vault read auth/" + mount
                        + "/config`).";
            case JWT ->
                "Compare `vault read auth/" + mount + "/role/" + role(settings.role())
                        + "` (bound audiences, subject, claims) and the keys in `vault read auth/" + mount
                        + "/config` with the token.";
            case APPROLE ->
                "Check " + VaultSettings.ROLE_ID + " and the secret ID in " + VaultSettings.SECRET_ID_FILE
                        + ": it may be used up or expired, or the mount may be another than auth/" + mount + ".";
            case TOKEN -> "Get a new token for " + VaultSettings.TOKEN + "; this one is unknown, revoked or expired.";
        };
    }

    private static String place(VaultSettings settings) {
        String namespace = settings.namespace() == null ? "" : " in namespace " + settings.namespace();
        String mount = settings.auth() == AuthMethod.TOKEN ? "token" : settings.authMount();
        return "auth/" + mount + " of " + settings.address() + namespace;
    }

    private static String role(VaultSettings settings) {
        return settings.role() == null || settings.auth() == AuthMethod.TOKEN
                ? ""
                : " of role '" + settings.role() + "'";
    }

    private static String role(String name) {
        return name == null ? "ROLE" : name;
    }
}
