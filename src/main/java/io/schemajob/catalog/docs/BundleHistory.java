package io.schemajob.catalog.docs;

import java.util.List;
import java.util.Map;

/**
 * Which scripts made the tables and views of a bundle what they are.
 *
 * @param migrations in the order in which they run, repeatable ones last
 * @param changes by table or view as {@link RelationName} names it, each in the order in which they run
 */
public record BundleHistory(List<Step> migrations, Map<RelationName, List<Change>> changes) {
    public static final BundleHistory NONE = new BundleHistory(List.of(), Map.of());

    /**
     * A migration.
     *
     * @param version as files write it; null for a repeatable one
     * @param path of its script in the bundle
     */
    public record Step(String version, String title, String path) {}

    /**
     * A statement about a table.
     *
     * @param line of the script on which it begins
     * @param statement its beginning, on one line
     */
    public record Change(Step migration, int line, String statement) {}

    public List<Change> of(RelationName relation) {
        return changes.getOrDefault(relation, List.of());
    }
}
