package io.schemajob.report.annotation;

import java.util.List;

/**
 * What a check did and found.
 *
 * @param subject the bundle
 * @param version of the program
 * @param home where the program comes from, a URL
 * @param steps in order
 * @param annotations in the order of files and lines
 */
public record AnnotatedReport(
        String subject, String version, String home, List<Step> steps, List<Annotation> annotations) {
    /** How a step ended. */
    public enum Result {
        PASSED,
        FAILED,
        SKIPPED;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * A part of the check.
     *
     * @param detail what was looked at, what failed, or why it was left out
     */
    public record Step(String name, Result result, String detail) {}
}
