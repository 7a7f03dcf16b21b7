package io.schemajob.job.adopt;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Version;
import io.schemajob.job.RunSession;
import io.schemajob.job.verify.Verification;
import io.schemajob.migration.adopt.ToolHistoryReader;
import io.schemajob.migration.history.History;
import io.schemajob.migration.mirror.HistoryMirror;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.util.Set;

/** Takes over a schema that something else has set up: verified first, recorded after, nothing run. */
public final class Adoption {
    private final RunSession session;
    private final Verification verification;

    public Adoption(RunSession session, Verification verification) {
        this.session = session;
        this.verification = verification;
    }

    /**
     * Fails with VERIFICATION_FAILED unless the schema is as the version declares it.
     *
     * @param who has set it up, for the log
     */
    public void verify(String who, Version version) {
        session.run()
                .log()
                .step("%s has set up this schema; verifying it before it is taken over as migration %s..."
                        .formatted(who, version));
        verification.requireBeforeRecording(session, version);
        if (!verification.declares(version)) {
            requireTables(version);
        }
    }

    /** Where nothing is declared, the least that has to be there is what the scripts up to the version make. */
    private void requireTables(Version version) {
        Bundle bundle = session.bundle();
        ScriptTables scripts = ScriptTables.of(bundle.migrations().stream()
                .filter(migration -> migration.version().compareTo(version) <= 0)
                .toList());
        if (!scripts.certain()) {
            return;
        }
        Set<String> missing =
                new ToolHistoryReader(session.lockConnection(), session.schema()).missing(scripts.remaining());
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
        return record(version, HistoryMirror.of(session.migration()));
    }

    public History record(Version version, HistoryMirror kept) {
        HistoryRecorder.record(session, version, kept);
        session.run().log().step("Adopted: migration %s is recorded as applied, nothing was run".formatted(version));
        return session.historyNow();
    }
}
