package io.schemajob.migration.adopt;

import java.util.Map;
import java.util.Set;

/**
 * What a schema without a history of ours holds. What belongs to an extension counts nowhere.
 *
 * @param tables those of the bundle that exist: it declares them, or its scripts make or change them
 * @param histories history tables of other tools that say something is applied, such as {@code alembic_version}
 * @param versions for each table of an adopt rule that exists: the maximum of its column, or null if it is empty or
 *     has no such column
 * @param lacks for each of these tables whose rule needs a column that is not there: that column
 * @param certain whether it is known which tables are the bundle's
 * @param others tables and views that are neither the bundle's nor a tool's
 */
public record ToolFacts(
        Set<String> tables,
        Set<String> histories,
        Map<String, Long> versions,
        Map<String, String> lacks,
        boolean certain,
        Set<String> others) {

    /** Whether tables are there that may be the bundle's or not. */
    boolean undecided() {
        return tables.isEmpty() && !certain && !(others.isEmpty() && histories.isEmpty());
    }
}
