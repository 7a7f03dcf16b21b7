package io.schemajob.report.result;

/**
 * One line of a result table: what differs from what was declared or asked for.
 *
 * @param severity {@code drift} or {@code warning}
 * @param target of a fleet that it is about, or null
 * @param object such as {@code column checkpoints.metadata}
 * @param aspect such as {@code type}
 * @param expected as declared, or null
 * @param found as it is, or null
 * @param typed the same for machines; null where it is no difference of a catalog
 */
public record Finding(
        String severity,
        String target,
        String object,
        String aspect,
        String expected,
        String found,
        TypedChange typed) {
    public static final String DRIFT = "drift";
    public static final String WARNING = "warning";

    /** One that is no difference of a catalog. */
    public Finding(String severity, String object, String aspect, String expected, String found) {
        this(severity, null, object, aspect, expected, found, null);
    }

    /** The same in the report of a fleet, where it has to say which target it is about. */
    public Finding in(String name) {
        return new Finding(severity, name, name + ": " + object, aspect, expected, found, typed);
    }
}
