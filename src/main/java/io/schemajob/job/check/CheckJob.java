package io.schemajob.job.check;

import io.schemajob.bundle.Bundle;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.job.Setting;
import io.schemajob.job.author.LintJob;
import io.schemajob.job.git.GitBase;
import io.schemajob.job.verify.Verification;
import io.schemajob.lint.finding.LintFinding;
import io.schemajob.lint.finding.LintReport;
import io.schemajob.lint.finding.Rule;
import io.schemajob.report.annotation.AnnotatedReport;
import io.schemajob.report.annotation.Annotation;
import io.schemajob.report.annotation.Annotation.Level;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks at a bundle as it is in a pull request: without a server what can be known without one, and with a server what
 * only a run can show.
 */
public final class CheckJob {
    private static final String HOME = "https://github.com/schemajob/schemajob";

    /**
     * What was asked for.
     *
     * @param base the branch that this one goes into, or null
     * @param since the branch whose findings of lint are not told, or null
     * @param offline leave the server alone
     * @param write renew schema.yaml
     * @param version of the program, for links
     */
    public record Options(String base, String since, boolean offline, boolean write, String version) {}

    private final RunContext run;
    private final Options options;
    private final CheckSteps steps;

    /** What ended the work on the server and says nothing of the bundle; or null. */
    private SchemajobException unfinished;

    public CheckJob(RunContext run, Options options) {
        this.run = run;
        this.options = options;
        this.steps = new CheckSteps(run.log());
    }

    /** What was done and found; throws only what says nothing about the bundle, and only if nothing was found out before it. */
    public AnnotatedReport execute() {
        Path folder = folder();
        boolean server = !options.offline() && RunSession.serverGiven(run);
        if (options.write() && !server) {
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "check --write renews schema.yaml from a scratch database, and no server is given.")
                    .databaseState("Not contacted.")
                    .hint(
                            "Set DATABASE_URL or PGHOST and the other PG* variables to a server on which the role may create a database.")
                    .asException();
        }
        if (steps.attempt("bundle", "it can be read", () -> Verification.of(run, run.bundle()))) {
            Bundle bundle = run.bundle();
            steps.attempt("declared schema", "each file can be read", () -> readDeclared(bundle));
            base(folder, bundle);
            lint();
            scratch(folder, server);
        }
        return report(folder);
    }

    private void readDeclared(Bundle bundle) {
        bundle.files().values().stream()
                .filter(file -> file.path().matches("schema\\.yaml|schema/.*\\.yaml"))
                .forEach(SchemaYaml::read);
    }

    private void base(Path folder, Bundle bundle) {
        if (options.base() == null) {
            steps.skipped("base branch", "--base names none");
            return;
        }
        GitBase base = GitBase.open(folder, options.base());
        List<CheckFinding> found = BaseCheck.of(bundle, base.name(), base.files(), base.atFork(), base.changed());
        long errors =
                found.stream().filter(finding -> finding.level() == Level.ERROR).count();
        steps.found("base branch", "the scripts fit behind those of " + base.name(), found, errors);
    }

    private void lint() {
        LintReport report = new LintJob(run, null, options.since()).execute();
        steps.found(
                "lint",
                options.since() == null ? "no finding" : "no finding that %s has not".formatted(options.since()),
                report.findings().stream().map(CheckJob::finding).toList(),
                report.failing());
    }

    private static CheckFinding finding(LintFinding found) {
        Level level =
                switch (found.rule().severity()) {
                    case ERROR -> Level.ERROR;
                    case WARNING -> Level.WARNING;
                    case INFO -> Level.NOTE;
                };
        return new CheckFinding(found.rule().id(), level, found.file(), found.line(), found.message());
    }

    private void scratch(Path folder, boolean server) {
        if (server) {
            try {
                new ScratchCheck(run, steps, options.write() ? writer(folder) : null).execute();
            } catch (SchemajobException e) {
                unfinished = e;
                steps.failed("scratch database", e.failure().message());
            }
        } else {
            steps.skipped(
                    "scratch database", options.offline() ? "--offline" : "no server is given, so no script was run");
        }
    }

    private static Consumer<String> writer(Path folder) {
        return text -> {
            Path file = folder.resolve("schema.yaml");
            try {
                Files.write(file, text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw Failure.of(
                                ExitStatus.CONFIG,
                                "The declared schema could not be written to %s (%s)."
                                        .formatted(file, e.getClass().getSimpleName()))
                        .databaseState("Nothing was changed.")
                        .hint("Name a folder that can be written to.")
                        .asException(e);
            }
        };
    }

    private Path folder() {
        String name = run.settings().required(Setting.BUNDLE);
        Path folder = Path.of(name);
        return Files.isDirectory(folder) ? folder : Path.of("");
    }

    private AnnotatedReport report(Path folder) {
        Path bundle = folder.toAbsolutePath().normalize();
        Path root = GitBase.root(bundle);
        String prefix = bundle.startsWith(root) ? root.relativize(bundle).toString() : bundle.toString();
        String slash = prefix.isEmpty() ? "" : prefix.replace('\\', '/') + "/";
        List<Annotation> annotations = steps.findings().stream()
                .sorted(Comparator.comparing(CheckFinding::file).thenComparingInt(CheckFinding::line))
                .map(found -> new Annotation(
                        found.rule(), found.level(), slash + found.file(), found.line(), found.message(), link(found)))
                .toList();
        String subject = run.report().bundle() == null
                ? bundle.getFileName().toString()
                : run.report().bundle();
        return new AnnotatedReport(subject, options.version(), HOME, steps.steps(), annotations);
    }

    private String link(CheckFinding found) {
        String page = Rule.find(found.rule()).map(Rule::documentation).orElse("docs/commands.md#check");
        return "%s/blob/v%s/%s".formatted(HOME, options.version(), page);
    }

    /** What ended the work early is thrown again now that all is told that was found before; FINDINGS when a step failed. */
    public void requireNone(AnnotatedReport report) {
        if (unfinished != null) {
            throw unfinished;
        }
        List<String> failed = report.steps().stream()
                .filter(step -> step.result() == AnnotatedReport.Result.FAILED)
                .map(AnnotatedReport.Step::name)
                .toList();
        if (!failed.isEmpty()) {
            throw Failure.of(ExitStatus.FINDINGS, "The check found errors: %s.".formatted(String.join(", ", failed)))
                    .databaseState(
                            report.steps().stream().anyMatch(step -> step.name().equals(ScratchCheck.UP))
                                    ? "The scratch database is dropped; nothing else was changed."
                                    : "Not contacted.")
                    .hint("Correct them, and run the command again: schemajob check")
                    .asException();
        }
    }
}
