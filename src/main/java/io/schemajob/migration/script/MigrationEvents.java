package io.schemajob.migration.script;

import io.schemajob.bundle.script.Migration;

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
