package io.schemajob.catalog.diff;

/**
 * One finding of a verification.
 *
 * @param object what it is about, kind first: {@code column checkpoints.metadata}
 * @param aspect what of it: {@code existence}, {@code type}, {@code default} …
 * @param expected what the declared schema says
 * @param found what the server has
 * @param severity whether it fails the verification
 * @param schema where it is, if that is not the run's; or null
 */
public record Difference(
        String object, String aspect, String expected, String found, Severity severity, String schema) {
    /** The aspect of an object that is missing or not declared. */
    public static final String EXISTENCE = "existence";

    /** What is expected of an object that nobody declared. */
    public static final String NOT_DECLARED = "not declared";

    static final String MISSING = "missing";

    /** Whether a finding fails the verification. */
    public enum Severity {
        /** The application or the next migration may not work as declared. */
        DRIFT,
        /** Worth a look; nothing that was declared behaves differently. */
        WARNING
    }

    /** In the run's schema. */
    public Difference(String object, String aspect, String expected, String found, Severity severity) {
        this(object, aspect, expected, found, severity, null);
    }

    /** The same in a further schema of the bundle. */
    public Difference in(String other) {
        return new Difference(object, aspect, expected, found, severity, other);
    }

    /** The object, with its schema if that is not the run's: {@code table events in schema audit}. */
    public String named() {
        return schema == null ? object : object + " in schema " + schema;
    }

    public boolean isDrift() {
        return severity == Severity.DRIFT;
    }

    @Override
    public String toString() {
        String what = aspect.equals(EXISTENCE) ? named() : named() + ": " + aspect;
        return what + ", expected " + expected + ", found " + found;
    }
}
