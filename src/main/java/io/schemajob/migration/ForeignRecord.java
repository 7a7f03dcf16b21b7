package io.schemajob.migration;

import java.util.List;

/**
 * What another tool's history says.
 *
 * @param versions as the tool writes them; none where nothing is applied, several where Alembic has several heads
 * @param dirty golang-migrate was interrupted or failed in the version that stands there
 */
public record ForeignRecord(ForeignTool tool, List<String> versions, boolean dirty) {
    public ForeignRecord {
        versions = List.copyOf(versions);
    }
}
