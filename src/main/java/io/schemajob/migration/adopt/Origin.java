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
public record Origin(Kind kind, String name, ForeignTool tool, Version version) {
    public enum Kind {
        /** There is nothing to take over. */
        NOBODY,
        /** By a rule of the bundle. */
        RULE,
        /** By the history of a {@link ForeignTool}. */
        TOOL,
        /** The bundle's tables are there and nothing that can be read says their version. */
        UNTRACKED
    }

    static Origin nobody() {
        return new Origin(Kind.NOBODY, "nobody", null, null);
    }

    static Origin untracked() {
        return new Origin(Kind.UNTRACKED, "untracked", null, null);
    }
}
