package io.schemajob.migration;

import io.schemajob.bundle.Migration;

/** Tells the run what has happened for good. */
@FunctionalInterface
public interface MigrationEvents {
    /** The script and its history row are committed. */
    void applied(Migration migration);

    /**
     * Whether there is more in the database than what was told to be applied.
     *
     * @param sentence null when that is known
     */
    default void unsettled(String sentence) {}
}
