package io.schemajob.job;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.vault.VaultSession;
import io.schemajob.vault.settings.VaultSettings;
import java.util.List;

/**
 * The secrets right below a path of Vault.
 *
 * @param path as settings name it: mount and path, without slashes at its ends
 * @param names of the secrets, in their order
 */
public record VaultFolder(String path, List<String> names) {

    /**
     * Logs in and asks.
     *
     * @throws SchemajobException CONFIG where nothing says where Vault is, or no secrets can be there
     */
    public static VaultFolder read(String path, RunContext run) {
        if (run.settings().variable(VaultSettings.ADDRESS) == null) {
            throw Failure.of(ExitStatus.CONFIG, "The secrets below %s need %s.".formatted(path, VaultSettings.ADDRESS))
                    .databaseState("Not contacted.")
                    .hint("Set %s, and how to log in: docs/vault.md".formatted(VaultSettings.ADDRESS))
                    .asException();
        }
        String folder = VaultSettings.trimSlashes(path);
        run.shared().logIn(run);
        VaultSession common = run.shared().login(run);
        try (VaultSession vault = common == null ? Credentials.logIn(run) : common) {
            return new VaultFolder(folder, vault.secretsBelow(folder));
        }
    }
}
