package io.schemajob.lint.finding;

import java.util.List;

/**
 * What lint has to say of a bundle.
 *
 * @param level findings at or above it fail the command
 * @param scripts those that were looked at, in the order in which they run; a down script follows its migration
 */
public record LintReport(Severity level, List<ScriptLint> scripts) {
    public List<LintFinding> findings() {
        return scripts.stream().flatMap(script -> script.findings().stream()).toList();
    }

    public List<SuppressedFinding> silenced() {
        return scripts.stream().flatMap(script -> script.silenced().stream()).toList();
    }

    public long count(Severity severity) {
        return findings().stream()
                .filter(finding -> finding.rule().severity() == severity)
                .count();
    }

    /** How many findings fail the command. */
    public long failing() {
        return findings().stream()
                .filter(finding -> finding.rule().severity().reaches(level))
                .count();
    }

    public LintReport withLevel(Severity other) {
        return new LintReport(other, scripts);
    }
}
