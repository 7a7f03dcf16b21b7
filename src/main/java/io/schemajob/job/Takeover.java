package io.schemajob.job;

import io.schemajob.bundle.Version;
import io.schemajob.migration.History;
import io.schemajob.migration.KeptHistory;
import io.schemajob.migration.MigrationSession;

/** Takes over a schema that something else has set up: verified first, recorded after, nothing run. */
final class Takeover {
    private final Workspace workspace;
    private final Verification verification;

    Takeover(Workspace workspace, Verification verification) {
        this.workspace = workspace;
        this.verification = verification;
    }

    /**
     * Fails with VERIFICATION_FAILED unless the schema is as the version declares it.
     *
     * @param who has set it up, for the log
     */
    void verify(String who, Version version) {
        workspace
                .run()
                .log()
                .step("%s has set up this schema; verifying it before it is taken over as migration %s..."
                        .formatted(who, version));
        verification.requireBeforeRecording(workspace, version);
    }

    /** Records the version and all before it as applied. */
    History record(Version version) {
        MigrationSession session = workspace.migrationSession();
        return record(version, session, KeptHistory.of(session));
    }

    History record(Version version, MigrationSession session, KeptHistory kept) {
        Recording.record(workspace, session, version, kept);
        workspace.run().log().step("Adopted: migration %s is recorded as applied, nothing was run".formatted(version));
        return workspace.historyNow();
    }
}
