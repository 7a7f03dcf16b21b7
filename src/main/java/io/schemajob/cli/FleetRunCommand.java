package io.schemajob.cli;

import io.schemajob.cli.line.Output;
import io.schemajob.cli.text.FleetSummary;
import io.schemajob.job.RunContext;
import io.schemajob.job.fleet.FleetJob;
import io.schemajob.job.fleet.FleetTarget;
import io.schemajob.job.fleet.FleetTargets;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.result.RunReport;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What the commands of a fleet share: the targets, how many at once, and the summary at the end. */
abstract class FleetRunCommand extends RunCommand {
    private static final int MOST_AT_ONCE = 64;

    @Option(
            names = "--targets",
            required = true,
            paramLabel = "FILE",
            description = "YAML with targets: a list of names with their schema, database or secret")
    Path file;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = "how many targets at once (default: ${DEFAULT-VALUE})")
    int parallel;

    @Option(names = "--fail-fast", description = "begin no further target after a failure")
    boolean failFast;

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
        if (parallel < 1 || parallel > MOST_AT_ONCE) {
            throw Failure.of(ExitStatus.USAGE, "--parallel is a number from 1 to %d.".formatted(MOST_AT_ONCE))
                    .databaseState("Not contacted.")
                    .hint("%s --help".formatted(spec.qualifiedName()))
                    .asException();
        }
        List<FleetTarget> targets = FleetTargets.read(file, run.settings());
        FleetJob fleet = new FleetJob(
                run, targets, new FleetJob.Options(parallel, failFast), (target, own) -> one(target, own, out));
        List<FleetJob.Result> results = fleet.execute();
        run.report().details(FleetSummary.json(results));
        List<String> table = FleetSummary.table(results, headings(), this::cells, out.width());
        if (logIsResult()) {
            table.forEach(run.log()::line);
        } else if (output == Output.TEXT) {
            out.lines(table);
        }
        fleet.requireAllDone(results);
    }
}
