package io.schemajob.job.adopt;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Version;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.migration.HistoryWriter;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryValidation;
import io.schemajob.migration.plan.Target;
import io.schemajob.migration.script.MigrationLabels;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.text.ShellWord;

/** Records a version, and all before it, as applied without running anything. */
public final class BaselineJob {
    private final RunContext run;
    private final String target;

    public BaselineJob(RunContext run, String target) {
        this.run = run;
        this.target = target;
    }

    /** Runs the job; returns when the history says the version. */
    public void execute() {
        Bundle bundle = run.bundle();
        Target parsed = Target.parse(target, bundle);
        if (parsed.kind() == Target.Kind.BASE) {
            beginAtBase(bundle);
            return;
        }
        Version version = version(bundle, parsed);
        try (RunSession session = RunSession.openLocked(run, bundle)) {
            History history = session.history();
            HistoryValidation.require(bundle, history);
            session.requireMirrorAgrees(history);
            if (history.current().isPresent()
                    && version.compareTo(history.current().get()) < 0) {
                throw below(history, version.toString());
            }
            int recorded = HistoryRecorder.record(session, version);
            session.historyNow();
            run.log()
                    .step("Recorded %d migration(s) as applied without running them; the history is at %s"
                            .formatted(recorded, version));
        }
    }

    /** Says that nothing of the bundle has run in a schema that is not empty, so that the next run begins with the first script. */
    private void beginAtBase(Bundle bundle) {
        try (RunSession session = RunSession.openLocked(run, bundle)) {
            History history = session.history();
            HistoryValidation.require(bundle, history);
            if (history.current().isPresent()) {
                throw below(history, "base");
            }
            new HistoryWriter(session.migration()).beginAtBase();
            run.log()
                    .step(
                            "The history begins at base: the next migrate runs every script, whatever else is in the schema");
        }
    }

    private static RuntimeException below(History history, String version) {
        return Failure.of(
                        ExitStatus.USAGE,
                        "The history is at %s already; a baseline cannot lead below it."
                                .formatted(MigrationLabels.of(history.current())))
                .databaseState("Nothing was changed.")
                .hint(
                        "schemajob rollback %1$s --yes rolls migrations back; schemajob force %1$s --yes only records the version."
                                .formatted(ShellWord.of(version)))
                .asException();
    }

    private Version version(Bundle bundle, Target parsed) {
        Version version =
                switch (parsed.kind()) {
                    case HEAD -> bundle.head().orElse(null);
                    case VERSION -> parsed.version();
                    default -> null;
                };
        if (version == null || bundle.migration(version).isEmpty()) {
            throw Failure.of(ExitStatus.USAGE, "\"%s\" is not a version of bundle %s.".formatted(target, bundle.name()))
                    .databaseState("Not contacted.")
                    .hint("schemajob info lists the versions; head is the newest, base is none at all.")
                    .asException();
        }
        return bundle.migration(version).get().version();
    }
}
