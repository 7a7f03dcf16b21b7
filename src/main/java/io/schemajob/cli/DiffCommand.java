package io.schemajob.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.schemajob.catalog.DiffText;
import io.schemajob.cli.line.Output;
import io.schemajob.job.RunContext;
import io.schemajob.job.verify.DiffJob;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code diff}: what differs, for a person who has to decide which side is right. */
@Command(
        name = "diff",
        description =
                "Show how the live schema differs from the declared one, or a declaration from another; read-only."
                        + " With --verbose whole.")
final class DiffCommand extends RunCommand {
    @Option(
            names = "--from",
            paramLabel = "FILE|VERSION",
            description = "compare two declarations without a database: the first (default: the bundle's newest)")
    String from;

    @Option(names = "--to", paramLabel = "FILE|VERSION", description = "the second (default: the bundle's newest)")
    String to;

    @Option(names = "--no-exit-code", description = "exit with 0 where something differs too")
    boolean noExitCode;

    @Override
    boolean logIsResult() {
        return false;
    }

    @Override
    void run(RunContext run, ResultWriter out) {
        DiffJob job = new DiffJob(run);
        DiffJob.Answer answer = from == null && to == null ? job.live() : job.files(from, to);
        run.report()
                .details(JsonNodeFactory.instance
                        .objectNode()
                        .put("from", answer.from())
                        .put("to", answer.to()));
        if (output == Output.TEXT) {
            out.lines(text(run, answer));
        }
        if (!noExitCode) {
            DiffJob.requireNoDrift(answer);
        }
    }

    private List<String> text(RunContext run, DiffJob.Answer answer) {
        if (answer.differences().isEmpty()) {
            return List.of("No difference between %s and %s.".formatted(answer.from(), answer.to()));
        }
        List<String> lines = new ArrayList<>();
        lines.add("--- " + answer.from());
        lines.add("+++ " + answer.to());
        lines.addAll(new DiffText(run.redactor()::redact, verbose ? Integer.MAX_VALUE : DiffText.MOST_LINES)
                .lines(answer.differences()));
        return lines;
    }
}
