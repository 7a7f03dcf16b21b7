package io.schemajob.migration.adopt;

import java.util.List;

/**
 * What another tool's history says.
 *
 * @param versions as the tool writes them, in its order; none where nothing is applied. Of a tool that says the current
 *     version alone there are several where Alembic has several heads
 * @param dirty the tool was interrupted or failed, or is at work
 */
public record ToolRecord(MigrationTool tool, List<String> versions, boolean dirty) {
    public ToolRecord {
        versions = List.copyOf(versions);
    }
}
