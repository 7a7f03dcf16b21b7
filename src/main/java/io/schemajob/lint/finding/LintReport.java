package io.schemajob.lint.finding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    /**
     * What another report has not found. Lines do not count, as they move with what is written above; of several equal
     * findings in a file the last are the new ones.
     */
    public LintReport without(LintReport before) {
        Map<List<Object>, Integer> known = new HashMap<>();
        before.findings().forEach(finding -> known.merge(key(finding), 1, Integer::sum));
        List<ScriptLint> fresh = scripts.stream()
                .map(script -> new ScriptLint(
                        script.file(),
                        script.findings().stream()
                                .filter(finding -> known.merge(key(finding), -1, Integer::sum) < 0)
                                .toList(),
                        script.silenced(),
                        script.locks()))
                .toList();
        return new LintReport(level, fresh);
    }

    private static List<Object> key(LintFinding finding) {
        return List.of(finding.rule(), finding.file(), finding.subject());
    }
}
