package io.schemajob.job.migrate;

import io.schemajob.bundle.Bundle;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryProblem;
import io.schemajob.migration.history.HistoryValidation;
import io.schemajob.migration.maintenance.Repair;
import java.util.List;

/** Mends what a history and its indexes can be mended of without guessing, and says what is left. */
public final class RepairJob {
    private final RunContext run;

    public RepairJob(RunContext run) {
        this.run = run;
    }

    /** Runs the job; fails with HISTORY_INVALID if something is left that only a person can decide. */
    public void execute() {
        Bundle bundle = run.bundle();
        try (RunSession session = RunSession.openLocked(run, bundle)) {
            History history = session.history();
            List<HistoryProblem> problems = HistoryValidation.problems(bundle, history);
            run.log().step("Repairing history and indexes...");
            List<String> changes = new Repair(session.migration()).run(problems);
            changes.forEach(change -> run.log().detail(change));
            run.log().step(changes.isEmpty() ? "Nothing to repair" : "Repaired %d item(s)".formatted(changes.size()));
            HistoryValidation.require(bundle, session.historyNow());
        }
    }
}
