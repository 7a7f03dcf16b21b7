package io.schemajob.migration.adopt;

import io.schemajob.bundle.script.Version;

/**
 * Who has set up a schema that has no history of ours, and how far.
 *
 * @param kind how that is known
 * @param name who, as people call it
 * @param tool whose history says it, for TOOL; otherwise null
 * @param version the bundle's version that is there; null where nothing says it
 */
public record DetectedTool(Kind kind, String name, MigrationTool tool, Version version) {
    public enum Kind {
        /** There is nothing to take over. */
        NOBODY,
        /** By a rule of the bundle. */
        RULE,
        /** By the history of a {@link MigrationTool}. */
        TOOL,
        /** The bundle's tables are there and nothing that can be read says their version. */
        UNTRACKED
    }

    static DetectedTool nobody() {
        return new DetectedTool(Kind.NOBODY, "nobody", null, null);
    }

    static DetectedTool untracked() {
        return new DetectedTool(Kind.UNTRACKED, "untracked", null, null);
    }
}
