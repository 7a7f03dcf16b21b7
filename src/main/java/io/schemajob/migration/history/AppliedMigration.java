package io.schemajob.migration.history;

import io.schemajob.bundle.script.Version;
import java.time.Instant;

/**
 * One row of {@code flyway_schema_history}.
 *
 * @param rank order of execution
 * @param version null for a repeatable migration
 * @param type Flyway's: {@code SQL}, {@code BASELINE}, {@code SCHEMA}, {@code DELETE} …
 * @param checksum null where Flyway records none
 * @param installedOn when its transaction began
 * @param milliseconds how long it ran
 */
public record AppliedMigration(
        int rank,
        Version version,
        String description,
        String type,
        String script,
        Integer checksum,
        String installedBy,
        Instant installedOn,
        int milliseconds,
        boolean success) {

    public boolean baseline() {
        return type.equals("BASELINE");
    }

    /** Rows that tell of the history itself, not of a script that ran. */
    boolean synthetic() {
        return baseline() || type.equals("SCHEMA");
    }

    /** Whether the row takes an earlier row of its version back, as Flyway's paid undo and its repair write them. */
    boolean takesBack() {
        return type.equals("DELETE") || type.startsWith("UNDO");
    }
}
