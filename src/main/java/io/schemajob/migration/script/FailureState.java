package io.schemajob.migration.script;

/**
 * What the database is like when a script fails.
 *
 * @param rolledBack printed when the script ran in a transaction
 */
public record FailureState(String rolledBack) {
    public static FailureState of(String name, String current) {
        return new FailureState(name + " was rolled back whole; the schema is at " + current + ".");
    }
}
