package io.schemajob.migration;

/**
 * What the database is like when a script fails.
 *
 * @param rolledBack printed when the script ran in a transaction
 * @param partial printed when it could not
 */
record FailureState(String rolledBack, String partial) {
    static FailureState of(String name, String current) {
        return new FailureState(
                name + " was rolled back whole; the schema is at " + current + ".",
                name + " cannot run in a transaction: what it did before the error stays. The schema is at " + current
                        + ", and the history marks it as failed.");
    }
}
