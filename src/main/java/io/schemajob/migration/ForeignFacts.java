package io.schemajob.migration;

import java.util.Map;
import java.util.Set;

/**
 * What a schema without a history of ours holds.
 *
 * @param tables those of the bundle that exist
 * @param histories history tables of other tools that say something is applied, such as {@code alembic_version}
 * @param versions for each table of an adopt rule that exists: the maximum of its column, or null if it is empty or
 *     has no such column
 */
public record ForeignFacts(Set<String> tables, Set<String> histories, Map<String, Long> versions) {}
