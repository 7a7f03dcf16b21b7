package io.schemajob.job.fleet;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.job.RunContext;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the targets of a fleet come from.
 *
 * @param kind of the source
 * @param place a file, or a path in Vault
 * @param allowEmpty whether a fleet without a target is one, and not a mistake
 */
public record FleetSource(Kind kind, String place, boolean allowEmpty) {
    /** Each is an option of the command. */
    public enum Kind {
        FILE("targets"),
        QUERY("targets-query"),
        VAULT("targets-vault");

        private final String option;

        Kind(String option) {
            this.option = option;
        }

        /** Without the dashes. */
        public String option() {
            return option;
        }
    }

    /**
     * The whole fleet, in the order of the source.
     *
     * @throws SchemajobException CONFIG for what cannot be meant; before any target is contacted
     */
    public List<FleetTarget> read(RunContext run) {
        List<FleetTarget> targets =
                switch (kind) {
                    case FILE -> TargetFile.read(TextFile.read(Path.of(place)), run.settings(), allowEmpty);
                    case QUERY -> new TargetQuery(TextFile.read(Path.of(place)), run).read();
                    case VAULT -> TargetSecrets.read(place, run);
                };
        if (targets.isEmpty() && !allowEmpty) {
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "The fleet has no target: --%s %s names none.".formatted(kind.option(), place))
                    .databaseState("Nothing was changed.")
                    .hint("If a fleet may be empty, --allow-empty makes that a success.")
                    .asException();
        }
        return targets;
    }
}
