package io.schemajob.job.author;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.BundleLoader;
import io.schemajob.bundle.source.BundleSource;
import io.schemajob.job.RunContext;
import io.schemajob.job.ScriptValues;
import io.schemajob.job.Setting;
import io.schemajob.job.git.GitBase;
import io.schemajob.lint.LintConfig;
import io.schemajob.lint.Linter;
import io.schemajob.lint.finding.LintReport;
import io.schemajob.lint.finding.Severity;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.util.List;
import java.util.Map;

/** Looks at the scripts of a bundle before they meet a database; contacts nothing. */
public final class LintJob {
    private final RunContext run;
    private final Severity level;
    private final String since;

    /**
     * @param level findings at or above it fail the command; null for what the bundle says
     * @param since a branch: only what is new against it is told; null for everything
     */
    public LintJob(RunContext run, Severity level, String since) {
        this.run = run;
        this.level = level;
        this.since = since;
    }

    public LintReport execute() {
        Bundle bundle = run.bundle();
        LintReport report = Linter.lint(bundle, LintConfig.of(bundle));
        if (since != null) {
            LintReport before = before();
            LintReport all = report;
            report = all.without(before);
            run.log()
                    .step("%d of %d finding(s) are new since %s"
                            .formatted(report.findings().size(), all.findings().size(), since));
        }
        return level == null ? report : report.withLevel(level);
    }

    /** Of the bundle as it was where this branch began; of nothing, where it was none. */
    private LintReport before() {
        BundleSource fork = GitBase.open(GitBase.folder(run.settings().required(Setting.BUNDLE)), since)
                .fork();
        try {
            Bundle bundle =
                    ScriptValues.bind(BundleLoader.load(fork), run.settings().withValues(Map.of()));
            return Linter.lint(bundle, LintConfig.of(bundle));
        } catch (SchemajobException e) {
            run.log().debug("No bundle can be read from %s: %s".formatted(fork.origin(), e.getMessage()));
            return new LintReport(Severity.ERROR, List.of());
        }
    }

    /** FINDINGS when there is one at or above the level. */
    public static void requireNoFindings(LintReport report, String databaseState) {
        if (report.failing() > 0) {
            throw Failure.of(
                            ExitStatus.FINDINGS,
                            "Lint has %d finding(s) at or above the level %s."
                                    .formatted(report.failing(), report.level()))
                    .databaseState(databaseState)
                    .hint(
                            "docs/lint.md has a better script for each rule; a comment \"-- lint:allow RULE reason\" above"
                                    + " a statement accepts one.")
                    .asException();
        }
    }
}
