package io.schemajob.migration;

import io.schemajob.bundle.Migration;

/** Tells the run what has happened for good. */
@FunctionalInterface
public interface MigrationEvents {
    /** The script and its history row are committed. */
    void applied(Migration migration);
}
