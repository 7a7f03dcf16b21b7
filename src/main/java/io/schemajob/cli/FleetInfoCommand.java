package io.schemajob.cli;

import io.schemajob.cli.line.Output;
import io.schemajob.cli.text.InfoTable;
import io.schemajob.job.RunContext;
import io.schemajob.job.fleet.FleetTarget;
import io.schemajob.report.result.RunReport;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fleet info}: at which version is each target, and what is pending there? */
@Command(
        name = "info",
        description = "Show the version of every target of a file and its pending migrations; read-only."
                + " With --verbose the migrations too.")
final class FleetInfoCommand extends FleetRunCommand {
    @Option(
            names = {"--exit-code", "--check-heads"},
            description = "exit with 85 if a target has pending migrations")
    boolean exitCode;

    @Override
    boolean logIsResult() {
        return false;
    }

    @Override
    void one(FleetTarget target, RunContext run, ResultWriter out) {
        InfoQuery.answer(run, exitCode, info -> {
            if (verbose && output == Output.TEXT) {
                List<String> lines = new ArrayList<>(List.of(target.name()));
                lines.addAll(InfoTable.text(info, false, out.width()));
                lines.add("");
                out.lines(lines);
            }
        });
    }

    @Override
    List<String> headings() {
        return List.of("Version", "Pending", "Problems");
    }

    @Override
    List<String> cells(RunReport report) {
        if (report.details() == null) {
            return List.of("", "", "");
        }
        return List.of(
                report.details().path("current").asText("none"),
                report.details().path("pending").asText(),
                String.valueOf(report.details().path("problems").size()));
    }
}
