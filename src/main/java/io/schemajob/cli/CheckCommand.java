package io.schemajob.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.cli.line.Output;
import io.schemajob.job.RunContext;
import io.schemajob.job.check.CheckJob;
import io.schemajob.report.annotation.AnnotatedReport;
import io.schemajob.report.annotation.Annotation;
import io.schemajob.report.annotation.GithubText;
import io.schemajob.report.annotation.JunitText;
import io.schemajob.report.annotation.SarifText;
import org.eclipse.microprofile.config.ConfigProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code check}: what a pull request wants to know. */
@Command(
        name = "check",
        description =
                "Check a bundle for a pull request: scripts, declared schema, lint; with a server also up, verify, down"
                        + " and up on a scratch database. --output also takes github, sarif and junit.")
final class CheckCommand extends RunCommand {
    @Option(
            names = "--base",
            paramLabel = "REF",
            description = "the branch that this one goes into: its scripts must come first and be unchanged")
    String base;

    @Option(names = "--since", paramLabel = "REF", description = "leave out what lint finds on that branch too")
    String since;

    @Option(names = "--offline", description = "run nothing, even if a server is given")
    boolean offline;

    @Option(names = "--write", description = "renew schema.yaml from the scratch database")
    boolean write;

    @Override
    boolean logIsResult() {
        return false;
    }

    @Override
    boolean prints(Output form) {
        return true;
    }

    @Override
    void run(RunContext run, ResultWriter out) {
        String version = ConfigProvider.getConfig().getValue("quarkus.application.version", String.class);
        CheckJob job = new CheckJob(run, new CheckJob.Options(base, since, offline, write, version));
        AnnotatedReport report = job.execute();
        run.report().details(json(report));
        switch (output) {
            case TEXT -> text(report, out);
            case GITHUB -> GithubText.of(report).forEach(out::line);
            case SARIF ->
                out.lines(SarifText.of(report).toPrettyString().lines().toList());
            case JUNIT -> out.lines(JunitText.of(report).lines().toList());
            case JSON -> {
                // Printed at the end, as that of every command.
            }
        }
        job.requireNone(report);
    }

    private static void text(AnnotatedReport report, ResultWriter out) {
        for (AnnotatedReport.Step step : report.steps()) {
            out.line("%-8s %s: %s".formatted(step.result(), step.name(), step.detail()));
        }
        for (Annotation found : report.annotations()) {
            out.line("%s:%d: %s: %s (%s)"
                    .formatted(found.file(), found.line(), found.level(), found.message(), found.rule()));
        }
    }

    private static ObjectNode json(AnnotatedReport report) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        ArrayNode steps = details.putArray("steps");
        report.steps().forEach(step -> steps.addObject()
                .put("name", step.name())
                .put("result", step.result().toString())
                .put("detail", step.detail()));
        ArrayNode findings = details.putArray("findings");
        report.annotations().forEach(found -> findings.addObject()
                .put("rule", found.rule())
                .put("level", found.level().toString())
                .put("file", found.file())
                .put("line", found.line())
                .put("message", found.message())
                .put("link", found.link()));
        return details;
    }
}
