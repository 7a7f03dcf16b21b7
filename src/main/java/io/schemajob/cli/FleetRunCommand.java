package io.schemajob.cli;

import io.schemajob.cli.line.Output;
import io.schemajob.cli.text.FleetSummary;
import io.schemajob.job.RunContext;
import io.schemajob.job.SharedResources;
import io.schemajob.job.fleet.FleetJob;
import io.schemajob.job.fleet.FleetSelection;
import io.schemajob.job.fleet.FleetSource;
import io.schemajob.job.fleet.FleetTarget;
import io.schemajob.report.result.RunReport;
import java.util.List;
import picocli.CommandLine.Mixin;

/** What the commands of a fleet share: the options, and the summary at the end. */
abstract class FleetRunCommand extends RunCommand {
    @Mixin
    FleetOptions fleet;

    /** Does the work for one target. */
    abstract void one(FleetTarget target, RunContext run, ResultWriter out);

    /** Headings of the summary between the result and the time. */
    List<String> headings() {
        return List.of("From", "To", "Applied", "Drift");
    }

    /** The cells under them; numbers right, nothing where nothing is known. */
    List<String> cells(RunReport report) {
        return List.of(
                FleetSummary.text(report.fromVersion()),
                FleetSummary.text(report.toVersion()),
                String.valueOf(report.applied().size()),
                report.verified() == null ? "" : String.valueOf(report.driftCount()));
    }

    @Override
    final void run(RunContext run, ResultWriter out) {
        FleetJob.Options options = fleet.job(run.settings());
        try (SharedResources shared = SharedResources.of(options.parallel(), options.perServer())) {
            run(run.sharing(shared), options, out);
        }
    }

    private void run(RunContext run, FleetJob.Options options, ResultWriter out) {
        FleetSource source = fleet.source(run.settings());
        FleetSelection selection = fleet.selection(run.settings());
        List<FleetTarget> all = source.read(run);
        List<FleetTarget> targets = selection.of(all);
        String words = selection.words();
        run.log()
                .step("%d of %d target(s) of the fleet are this run's%s%s"
                        .formatted(
                                targets.size(),
                                all.size(),
                                words.isEmpty() ? "" : " (" + words + ")",
                                targets.isEmpty() ? ": there is nothing to do" : ""));
        String undivided = fleet.undivided(run.settings());
        if (undivided != null) {
            run.log().warn(undivided);
        }
        FleetJob job = new FleetJob(run, targets, options, (target, own) -> one(target, own, out));
        List<FleetJob.Result> results = job.execute();
        run.report().details(FleetSummary.json(results));
        List<String> table = FleetSummary.table(results, headings(), this::cells, out.width());
        if (logIsResult()) {
            table.forEach(run.log()::line);
        } else if (output == Output.TEXT) {
            out.lines(table);
        }
        after(results, run);
        job.requireAllDone(results);
    }

    /** What is to be said of all of them besides. */
    void after(List<FleetJob.Result> results, RunContext run) {}
}
