package io.schemajob.migration.history;

/**
 * A way in which history and bundle contradict each other.
 *
 * @param kind what is wrong
 * @param version of the migration, or its description if repeatable
 * @param message one clause, with both checksums where they differ
 */
public record HistoryProblem(Kind kind, String version, String message) {
    public enum Kind {
        /** The script was edited after it ran; {@code repair} may accept it. */
        CHECKSUM,
        /** The script was renamed after it ran; {@code repair} may accept it. */
        DESCRIPTION,
        /** A script that could not run in a transaction failed; {@code repair} removes its row. */
        FAILED,
        /** A down script that runs outside of a transaction ended in the middle; {@code rollback} completes it. */
        HALF_ROLLED_BACK,
        /** It ran, but the bundle has no such script. */
        MISSING,
        /** The bundle has a script older than the newest that ran. */
        OUT_OF_ORDER
    }

    /** Whether {@code repair} may mend it without guessing. */
    public boolean repairable() {
        return kind == Kind.CHECKSUM || kind == Kind.DESCRIPTION || kind == Kind.FAILED;
    }
}
