package io.schemajob.job.fleet;

import io.schemajob.job.RunContext;
import io.schemajob.job.VaultFolder;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Blanks;
import io.schemajob.report.text.Untrusted;
import java.util.List;
import java.util.Map;

/** Every secret right below a path in Vault as a target: its name is the last part of its path. */
final class TargetSecrets {
    private TargetSecrets() {}

    /**
     * Asks Vault.
     *
     * @throws SchemajobException CONFIG for a secret whose name cannot be a target's
     */
    static List<FleetTarget> read(String path, RunContext run) {
        TargetCollector targets = new TargetCollector(run.settings());
        VaultFolder folder = VaultFolder.read(path, run);
        for (String name : folder.names()) {
            String secret = folder.path() + "/" + name;
            targets.add(Map.of(TargetCollector.NAME, name, TargetCollector.SECRET, secret))
                    .ifPresent(refusal -> {
                        throw Failure.of(
                                        ExitStatus.CONFIG,
                                        "The secret \"%s\" of Vault cannot be a target: %s."
                                                .formatted(
                                                        Untrusted.text(Blanks.shown(secret)),
                                                        Untrusted.text(refusal.sentence("its " + refusal.field()))))
                                .databaseState("Not contacted.")
                                .hint("Rename the secret, or move what is no target out of %s."
                                        .formatted(folder.path()))
                                .asException();
                    });
        }
        return targets.targets();
    }
}
