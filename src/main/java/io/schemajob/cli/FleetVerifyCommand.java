package io.schemajob.cli;

import io.schemajob.job.RunContext;
import io.schemajob.job.fleet.FleetJob;
import io.schemajob.job.fleet.FleetTarget;
import io.schemajob.job.verify.VerifyJob;
import io.schemajob.report.result.RunReport;
import io.schemajob.report.text.Named;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code fleet verify}: {@code verify} for each target. */
@Command(name = "verify", description = "Compare every target of a file with the declared schema; read-only.")
final class FleetVerifyCommand extends FleetRunCommand {
    private static final int MOST_NAMED = 20;

    @Override
    void one(FleetTarget target, RunContext run, ResultWriter out) {
        new VerifyJob(run).execute();
    }

    @Override
    List<String> cells(RunReport report) {
        List<String> cells = new ArrayList<>(super.cells(report));
        if (report.verified() == null) {
            cells.set(cells.size() - 1, "not compared");
        }
        return cells;
    }

    /** A tenant that was never migrated must not look like one that is as declared. */
    @Override
    void after(List<FleetJob.Result> results, RunContext run) {
        List<String> names = FleetJob.notCompared(results);
        if (!names.isEmpty()) {
            run.log()
                    .warn(
                            "%d of %d target(s) are at a version for which nothing is declared, and were not compared: %s. schemajob fleet info says where they are."
                                    .formatted(names.size(), results.size(), Named.first(names, MOST_NAMED)));
        }
    }
}
