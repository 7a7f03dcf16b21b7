package io.schemajob.vault.login;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.Log;
import io.schemajob.report.log.Redactor;
import io.schemajob.vault.http.ClientToken;
import io.schemajob.vault.http.RetryingVaultClient;
import io.schemajob.vault.http.VaultApi;
import io.schemajob.vault.http.VaultReply;
import io.schemajob.vault.settings.AuthMethod;
import io.schemajob.vault.settings.SecretText;
import io.schemajob.vault.settings.VaultSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gets the token that the rest of the session works with. */
public final class VaultLogin {
    /**
     * A denial of these without any reason may also mean that Vault could not reach the token review or the issuer's
     * keys, so it is asked again after each of these pauses before it is believed.
     */
    private static final Set<AuthMethod> DOUBTFUL = Set.of(AuthMethod.KUBERNETES, AuthMethod.JWT);

    private static final List<Duration> SECOND_OPINIONS = List.of(Duration.ofMillis(500), Duration.ofMillis(1500));

    /** For giving back a token that arrived when the run was already stopped. */
    private static final Duration GIVE_BACK = Duration.ofMillis(500);

    private final VaultSettings settings;
    private final VaultApi api;
    private final RetryingVaultClient caller;
    private final CancellationToken cancellation;
    private final Log log;
    private final Redactor redactor;

    public VaultLogin(
            VaultSettings settings,
            VaultApi api,
            RetryingVaultClient caller,
            CancellationToken cancellation,
            Log log,
            Redactor redactor) {
        this.settings = settings;
        this.api = api;
        this.caller = caller;
        this.cancellation = cancellation;
        this.log = log;
        this.redactor = redactor;
    }

    /**
     * @throws SchemajobException CONFIG for unreadable files and addresses that are not Vault's, ACCESS_DENIED when
     *     Vault refuses, UNAVAILABLE when it was away for the whole connect time-out
     */
    public ClientToken token() {
        log.step("Authenticating to Vault using " + settings.auth().label() + " auth...");
        ClientToken token = settings.auth() == AuthMethod.TOKEN ? lookUp(handedToken()) : logIn();
        redactor.protect(token.value());
        log.step("Successfully authenticated to Vault");
        return token;
    }

    private String handedToken() {
        return settings.token() == null
                ? SecretText.read(settings.tokenFile(), VaultSettings.TOKEN_FILE, redactor)
                : settings.token();
    }

    private ClientToken logIn() {
        long start = System.nanoTime();
        for (int denials = 0; ; denials++) {
            Map<String, String> body = body();
            VaultReply reply = caller.call(VaultApi.post(path(), null, body), this::revoke);
            Optional<ClientToken> token = ClientToken.issued(reply);
            if (token.isPresent()) {
                return token.get();
            }
            if (!doubtful(reply)
                    || denials == SECOND_OPINIONS.size()
                    || timeIsUp(start, SECOND_OPINIONS.get(denials))) {
                refuseWrapped(body.get("secret_id"), "the secret ID in " + settings.secretIdFile());
                JwtClaims jwt = body.containsKey("jwt") ? JwtClaims.of(body.get("jwt")) : null;
                throw LoginRefusal.of(settings, reply, jwt, Instant.now()).asException();
            }
            log.debug("Vault denied the login (" + reply.says() + "); asking again.");
            cancellation.sleep(SECOND_OPINIONS.get(denials));
        }
    }

    private boolean doubtful(VaultReply reply) {
        return DOUBTFUL.contains(settings.auth())
                && reply.status() == 403
                && reply.says().equals("permission denied");
    }

    private boolean timeIsUp(long start, Duration pause) {
        return settings.connectTimeout().minus(pause).toNanos() < System.nanoTime() - start;
    }

    private String path() {
        return "auth/" + settings.authMount() + "/login";
    }

    private Map<String, String> body() {
        Map<String, String> body = new LinkedHashMap<>();
        if (settings.auth() == AuthMethod.APPROLE) {
            body.put("role_id", settings.roleId());
            if (settings.secretIdFile() != null) {
                body.put("secret_id", SecretText.read(settings.secretIdFile(), VaultSettings.SECRET_ID_FILE, redactor));
            }
            return body;
        }
        if (settings.role() != null) {
            body.put("role", settings.role());
        }
        body.put("jwt", SecretText.read(settings.tokenFile(), VaultSettings.TOKEN_FILE, redactor));
        return body;
    }

    /** Checks a token that was handed to us, where its policies let it look at itself. */
    private ClientToken lookUp(String value) {
        redactor.protect(value);
        // First of all: a wrapping token is good for one request, even one that is denied.
        refuseWrapped(value, VaultSettings.TOKEN);
        ClientToken unknown = new ClientToken(value, Duration.ZERO, false, false);
        VaultReply reply = caller.call(VaultApi.get("auth/token/lookup-self", unknown));
        if (reply.ok() && reply.body().path("data").isObject()) {
            return ClientToken.handed(value, reply.body().path("data"));
        }
        if (lacksPolicyOnly(reply)) {
            log.debug("The token may not look itself up; its time to live is unknown.");
            return unknown;
        }
        throw LoginRefusal.of(settings, reply, null, Instant.now()).asException();
    }

    /**
     * A token that wraps an answer opens nothing but that, and once. Unwrapping it here would help the first try of a
     * job and no other.
     */
    private void refuseWrapped(String value, String what) {
        if (value == null || !SecretText.looksLikeToken(value)) {
            return;
        }
        VaultReply reply = caller.call(VaultApi.post("sys/wrapping/lookup", null, Map.of("token", value)));
        JsonNode creation = reply.body().path("data").path("creation_path");
        if (reply.ok() && creation.isTextual()) {
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "%s is a wrapping token (of %s), not the secret that it wraps."
                                    .formatted(capital(what), creation.asText()))
                    .hint("Unwrap it once and hand over what is in it: vault unwrap -field=%s WRAPPING_TOKEN"
                            .formatted(what.equals(VaultSettings.TOKEN) ? "token" : "secret_id"))
                    .asException();
        }
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /**
     * Vault and OpenBao wrap the denial of a policy in a multi-error list, and that of a token which they do not know
     * at all not.
     */
    private static boolean lacksPolicyOnly(VaultReply reply) {
        String raw = reply.body().path("errors").path(0).asText();
        return reply.status() == 403 && raw.startsWith("1 error occurred") && !raw.contains("invalid token");
    }

    private void revoke(VaultReply late) {
        ClientToken.issued(late).ifPresent(token -> {
            redactor.protect(token.value());
            api.send(VaultApi.post("auth/token/revoke-self", token, Map.of()), GIVE_BACK)
                    .join();
        });
    }
}
