package io.schemajob.report;

/**
 * One line of a result table: what differs from what was declared or asked for.
 *
 * @param severity {@code drift} or {@code warning}
 * @param object such as {@code table checkpoints, column metadata}
 * @param aspect such as {@code type}
 * @param expected as declared, or null
 * @param found as it is, or null
 */
public record Finding(String severity, String object, String aspect, String expected, String found) {
    public static final String DRIFT = "drift";
    public static final String WARNING = "warning";

    /** The same in the report of a fleet, where it has to say which target it is about. */
    public Finding in(String target) {
        return new Finding(severity, target + ": " + object, aspect, expected, found);
    }
}
