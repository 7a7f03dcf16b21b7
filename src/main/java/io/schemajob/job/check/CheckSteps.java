package io.schemajob.job.check;

import io.schemajob.bundle.source.Problem;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.report.annotation.AnnotatedReport.Result;
import io.schemajob.report.annotation.AnnotatedReport.Step;
import io.schemajob.report.annotation.Annotation.Level;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.Log;
import io.schemajob.report.text.Named;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a check and what they found. A failure of the bundle is a finding; one of the server ends the run. */
final class CheckSteps {
    /** What a pull request can mend. */
    private static final Set<ExitStatus> OF_THE_BUNDLE = EnumSet.of(
            ExitStatus.CONFIG,
            ExitStatus.HISTORY_INVALID,
            ExitStatus.MIGRATION_FAILED,
            ExitStatus.MIGRATION_PARTIAL,
            ExitStatus.VERIFICATION_FAILED);

    /** What follows the place is an excerpt of the script, and may read like a place too. */
    private static final Pattern IN_SCRIPT =
            Pattern.compile("(?s)(?:bundle .*?, )?script (.+?), (?:line (\\d+)|after).*");

    private static final Pattern FILE_AND_LINE =
            Pattern.compile("(?s)(?!bundle )(.+?\\.(?:sql|yaml|go))(?::(\\d+)(?::\\d+)?)?(?: in bundle .*)?");

    private static final int MOST_NAMED = 5;

    private final Log log;
    private final List<Step> steps = new ArrayList<>();
    private final List<CheckFinding> findings = new ArrayList<>();

    CheckSteps(Log log) {
        this.log = log;
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    List<CheckFinding> findings() {
        return List.copyOf(findings);
    }

    void skipped(String name, String why) {
        steps.add(new Step(name, Result.SKIPPED, why));
        log.step("%s: left out, %s".formatted(name, why));
    }

    /** @return whether it ended well */
    boolean attempt(String name, String what, Runnable work) {
        try {
            work.run();
        } catch (SchemajobException e) {
            if (!OF_THE_BUNDLE.contains(e.status())) {
                throw e;
            }
            List<CheckFinding> found = Problem.each(e).stream()
                    .flatMap(problem -> finding(name, problem.failure()).stream())
                    .toList();
            if (found.isEmpty()) {
                throw e;
            }
            add(found);
            failed(name, e.failure().message());
            return false;
        }
        passed(name, what);
        return true;
    }

    /**
     * Takes over what was found.
     *
     * @param failing how many of it fail the step
     */
    void found(String name, String what, List<CheckFinding> found, long failing) {
        add(found);
        if (failing > 0) {
            failed(name, "%d finding(s) that must be mended".formatted(failing));
        } else {
            passed(name, found.isEmpty() ? what : "%d finding(s), none that must be mended".formatted(found.size()));
        }
    }

    /** Differences that may not be there. */
    void compare(String name, String file, String what, List<Difference> differences) {
        if (differences.isEmpty()) {
            passed(name, "no difference");
            return;
        }
        List<String> named = differences.stream()
                .map(difference -> difference.object() + " (" + difference.aspect() + ")")
                .toList();
        String message = "%s: %s.".formatted(what, Named.first(named, MOST_NAMED));
        // Extensions are often meant to stay: others use them too.
        boolean extensions = differences.stream()
                .allMatch(difference -> difference.object().toString().startsWith("extension "));
        add(new CheckFinding(name.replace(' ', '-'), extensions ? Level.WARNING : Level.ERROR, file, 1, message));
        if (extensions) {
            passed(name, message);
        } else {
            failed(name, message);
        }
    }

    void add(List<CheckFinding> more) {
        more.forEach(this::add);
    }

    private void add(CheckFinding finding) {
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }

    private void passed(String name, String detail) {
        steps.add(new Step(name, Result.PASSED, detail));
        log.step("%s: %s".formatted(name, detail));
    }

    void failed(String name, String detail) {
        steps.add(new Step(name, Result.FAILED, detail));
        log.step("%s: failed: %s".formatted(name, detail));
    }

    /** At the place that the failure names; empty for a setting that is wrong, as that is no matter of the bundle. */
    private static Optional<CheckFinding> finding(String name, Failure failure) {
        String where = failure.where() == null ? "" : failure.where();
        Matcher script = IN_SCRIPT.matcher(where);
        Matcher place = FILE_AND_LINE.matcher(where);
        boolean inScript = script.matches();
        if (!inScript && !place.matches()) {
            return failure.status() == ExitStatus.CONFIG
                    ? Optional.empty()
                    : Optional.of(finding(name, failure, "schema.yaml", null));
        }
        Matcher found = inScript ? script : place;
        return Optional.of(finding(name, failure, found.group(1), found.group(2)));
    }

    private static CheckFinding finding(String name, Failure failure, String file, String line) {
        return new CheckFinding(
                name.replace(' ', '-'),
                Level.ERROR,
                file,
                line == null ? 1 : Integer.parseInt(line),
                failure.message());
    }
}
