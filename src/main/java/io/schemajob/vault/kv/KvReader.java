package io.schemajob.vault.kv;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.Redactor;
import io.schemajob.report.text.ShellWord;
import io.schemajob.vault.http.ClientToken;
import io.schemajob.vault.http.RetryingVaultClient;
import io.schemajob.vault.http.VaultApi;
import io.schemajob.vault.http.VaultReply;
import io.schemajob.vault.settings.Secrecy;
import io.schemajob.vault.settings.Secret;
import io.schemajob.vault.settings.VaultSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads a KV secret and finds out by itself which version of the engine holds it. */
public final class KvReader {
    private final RetryingVaultClient caller;
    private final ClientToken token;
    private final Redactor redactor;

    public KvReader(RetryingVaultClient caller, ClientToken token, Redactor redactor) {
        this.caller = caller;
        this.token = token;
        this.redactor = redactor;
    }

    /**
     * @param path mount and path, without {@code data/}
     * @throws SchemajobException CONFIG when there is no such secret or its newest version was deleted, ACCESS_DENIED
     *     when the policies do not allow it, UNAVAILABLE when Vault was away for the whole connect time-out
     */
    public Secret read(String path) {
        List<VaultReply> refusals = new ArrayList<>();
        List<KvLocation> locations = locate(path);
        for (KvLocation location : locations) {
            VaultReply reply = caller.call(VaultApi.get(location.apiPath(), token));
            JsonNode values = location.valuesIn(reply.body());
            if (reply.ok() && values.isObject()) {
                return secret(path, values);
            }
            refusals.add(reply);
        }
        throw refusal(path, locations, refusals).asException();
    }

    private List<KvLocation> locate(String path) {
        VaultReply reply = caller.call(VaultApi.get("sys/internal/ui/mounts/" + path, token));
        JsonNode mount = reply.body().path("data");
        if (reply.ok() && mount.path("path").isTextual()) {
            return KvLocation.of(path, mount).map(List::of).orElseThrow(() -> Failure.of(
                            ExitStatus.CONFIG,
                            "The Vault path " + path + " does not name a KV secret: at "
                                    + mount.path("path").asText() + " is mounted a "
                                    + mount.path("type").asText() + " engine.")
                    .hint("Correct " + VaultSettings.SECRET + "; `vault secrets list` shows what is mounted where.")
                    .asException());
        }
        return KvLocation.guesses(path);
    }

    private Secret secret(String path, JsonNode values) {
        Map<String, String> texts = new TreeMap<>();
        values.fields().forEachRemaining(field -> {
            JsonNode value = field.getValue();
            if (!value.isNull()) {
                texts.put(field.getKey(), value.isValueNode() ? value.asText() : value.toString());
            }
        });
        texts.forEach((key, value) -> {
            if (Secrecy.of(key, value)) {
                redactor.protect(value);
            }
        });
        return new Secret(path, texts);
    }

    /** The most telling of the answers decides: a deleted version, then nothing there, then a denial. */
    static Failure refusal(String path, List<KvLocation> tried, List<VaultReply> replies) {
        for (VaultReply reply : replies) {
            JsonNode metadata = reply.body().path("data").path("metadata");
            if (metadata.isObject()) {
                return deleted(path, metadata);
            }
        }
        if (replies.stream().anyMatch(reply -> reply.status() == 404 || reply.ok())) {
            return missing(path, tried);
        }
        if (replies.stream().anyMatch(VaultReply::denied)) {
            return denied(path, tried);
        }
        return Failure.of(
                        ExitStatus.CONFIG,
                        "Vault cannot read the secret " + path + ": "
                                + replies.get(replies.size() - 1).reason() + ".")
                .hint("Correct " + VaultSettings.SECRET + ".");
    }

    private static Failure deleted(String path, JsonNode metadata) {
        String version = metadata.path("version").asText("newest");
        return metadata.path("destroyed").asBoolean()
                ? Failure.of(
                                ExitStatus.CONFIG,
                                "Version " + version + ", the newest, of the Vault secret " + path + " was destroyed.")
                        .hint("Write the secret again: vault kv put " + ShellWord.of(path) + " …")
                : Failure.of(
                                ExitStatus.CONFIG,
                                "Version " + version + ", the newest, of the Vault secret " + path + " was deleted at "
                                        + metadata.path("deletion_time").asText() + ".")
                        .hint("Bring it back: vault kv undelete -versions=" + version + " " + ShellWord.of(path));
    }

    private static Failure missing(String path, List<KvLocation> tried) {
        String hint = path.matches("[^/]+/data/.*")
                ? "Leave out the 'data/' of the API path; " + VaultSettings.SECRET + " takes what `vault kv get` takes."
                : "Write it (vault kv put " + ShellWord.of(path)
                        + " host=… port=… database=… username=… password=…) or correct " + VaultSettings.SECRET + ".";
        return Failure.of(ExitStatus.CONFIG, "Vault has no secret at " + path + ".")
                .where("read: " + paths(tried))
                .hint(hint);
    }

    private static Failure denied(String path, List<KvLocation> tried) {
        String policies = tried.stream()
                .map(location -> "path \"" + location.apiPath() + "\" { capabilities = [\"read\"] } (KV version "
                        + location.version() + ")")
                .collect(Collectors.joining(" or "));
        return Failure.of(ExitStatus.ACCESS_DENIED, "Vault denies reading the secret " + path + ".")
                .where("read: " + paths(tried))
                .hint("A policy of the login's role has to allow it: " + policies);
    }

    private static String paths(List<KvLocation> tried) {
        return tried.stream().map(KvLocation::apiPath).collect(Collectors.joining(", "));
    }
}
