package io.schemajob.job.author;

import io.schemajob.bundle.Bundle;
import io.schemajob.job.RunContext;
import io.schemajob.lint.LintConfig;
import io.schemajob.lint.Linter;
import io.schemajob.lint.finding.LintReport;
import io.schemajob.lint.finding.Severity;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;

/** Looks at the scripts of a bundle before they meet a database; contacts nothing. */
public final class LintJob {
    private final RunContext run;
    private final Severity level;

    /** @param level findings at or above it fail the command; null for what the bundle says */
    public LintJob(RunContext run, Severity level) {
        this.run = run;
        this.level = level;
    }

    public LintReport execute() {
        Bundle bundle = run.bundle();
        LintReport report = Linter.lint(bundle, LintConfig.of(bundle));
        return level == null ? report : report.withLevel(level);
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
