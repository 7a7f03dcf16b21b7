package io.schemajob.vault.kv;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Untrusted;
import io.schemajob.vault.http.ClientToken;
import io.schemajob.vault.http.RetryingVaultClient;
import io.schemajob.vault.http.VaultApi;
import io.schemajob.vault.http.VaultReply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lists the secrets right below a path of a KV engine, whichever version it has. */
public final class KvFolder {
    private final RetryingVaultClient caller;
    private final ClientToken token;

    public KvFolder(RetryingVaultClient caller, ClientToken token) {
        this.caller = caller;
        this.token = token;
    }

    /**
     * @param path mount and path, without {@code metadata/} and without slashes at its ends
     * @return the names in their order, without those of further folders; empty where nothing is
     * @throws SchemajobException CONFIG where no KV engine is, ACCESS_DENIED when the policies do not allow it, UNAVAILABLE
     *     when Vault was away for the whole connect time-out
     */
    public List<String> names(String path) {
        List<String> apiPaths = locate(path);
        List<VaultReply> refusals = new ArrayList<>();
        for (String apiPath : apiPaths) {
            VaultReply reply = caller.call(VaultApi.list(apiPath, token));
            JsonNode keys = reply.body().path("data").path("keys");
            if (reply.ok() && keys.isArray()) {
                List<String> names = new ArrayList<>();
                keys.forEach(key -> names.add(key.asText()));
                return names.stream()
                        .filter(name -> !name.endsWith("/"))
                        .sorted()
                        .toList();
            }
            refusals.add(reply);
        }
        if (refusals.stream().anyMatch(VaultReply::denied)) {
            throw denied(path, apiPaths);
        }
        if (refusals.stream().anyMatch(reply -> reply.status() == 404)) {
            return List.of();
        }
        throw Failure.of(
                        ExitStatus.CONFIG,
                        "Vault cannot list the secrets below %s: %s."
                                .formatted(
                                        path,
                                        Untrusted.text(refusals.get(refusals.size() - 1)
                                                .reason())))
                .hint("Name a path of a KV engine, such as kv/tenants.")
                .asException();
    }

    private List<String> locate(String path) {
        VaultReply reply = caller.call(VaultApi.get("sys/internal/ui/mounts/" + path, token));
        JsonNode mount = reply.body().path("data");
        if (reply.ok() && mount.path("path").isTextual()) {
            return List.of(KvLocation.folder(path, mount).orElseThrow(() -> Failure.of(
                            ExitStatus.CONFIG,
                            "The Vault path %s is not below a KV engine: at %s is mounted a %s engine."
                                    .formatted(
                                            path,
                                            mount.path("path").asText(),
                                            mount.path("type").asText()))
                    .hint("`vault secrets list` shows what is mounted where.")
                    .asException()));
        }
        return KvLocation.folderGuesses(path);
    }

    private static SchemajobException denied(String path, List<String> tried) {
        return Failure.of(ExitStatus.ACCESS_DENIED, "Vault denies listing the secrets below %s.".formatted(path))
                .where("list: " + String.join(", ", tried))
                .hint("A policy of the login's role has to allow it: "
                        + tried.stream()
                                .map(apiPath -> "path \"%s\" { capabilities = [\"list\"] }".formatted(apiPath))
                                .collect(Collectors.joining(" or ")))
                .asException();
    }
}
