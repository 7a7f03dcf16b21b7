package io.schemajob.job.adopt;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Version;
import io.schemajob.job.Workspace;
import io.schemajob.job.verify.Verification;
import io.schemajob.migration.adopt.ToolHistoryReader;
import io.schemajob.migration.history.History;
import io.schemajob.migration.mirror.HistoryMirror;
import io.schemajob.migration.session.MigrationSession;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.util.Set;

/** Takes over a schema that something else has set up: verified first, recorded after, nothing run. */
public final class Adoption {
    private final Workspace workspace;
    private final Verification verification;

    public Adoption(Workspace workspace, Verification verification) {
        this.workspace = workspace;
        this.verification = verification;
    }

    /**
     * Fails with VERIFICATION_FAILED unless the schema is as the version declares it.
     *
     * @param who has set it up, for the log
     */
    public void verify(String who, Version version) {
        workspace
                .run()
                .log()
                .step("%s has set up this schema; verifying it before it is taken over as migration %s..."
                        .formatted(who, version));
        verification.requireBeforeRecording(workspace, version);
        if (!verification.declares(version)) {
            requireTables(version);
        }
    }

    /** Where nothing is declared, the least that has to be there is what the scripts up to the version make. */
    private void requireTables(Version version) {
        Bundle bundle = workspace.bundle();
        ScriptTables scripts = ScriptTables.of(bundle.migrations().stream()
                .filter(migration -> migration.version().compareTo(version) <= 0)
                .toList());
        if (!scripts.certain()) {
            return;
        }
        Set<String> missing =
                new ToolHistoryReader(workspace.control(), workspace.schema()).missing(scripts.remaining());
        if (!missing.isEmpty()) {
            throw Failure.of(
                            ExitStatus.VERIFICATION_FAILED,
                            "The scripts up to version %s make tables or views that are not there: %s."
                                    .formatted(version, String.join(", ", missing)))
                    .where("bundle %s (%s)".formatted(bundle.name(), bundle.origin()))
                    .databaseState("Nothing was recorded and nothing was changed.")
                    .hint(
                            "If the database is at another version: schemajob baseline VERSION records it without looking.")
                    .asException();
        }
    }

    /** Records the version and all before it as applied. */
    public History record(Version version) {
        MigrationSession session = workspace.migrationSession();
        return record(version, session, HistoryMirror.of(session));
    }

    public History record(Version version, MigrationSession session, HistoryMirror kept) {
        HistoryRecorder.record(workspace, session, version, kept);
        workspace.run().log().step("Adopted: migration %s is recorded as applied, nothing was run".formatted(version));
        return workspace.historyNow();
    }
}
