package io.schemajob.migration.adopt;

import io.schemajob.bundle.sql.SqlName;
import java.util.Set;

/**
 * Which tables and views are a bundle's, as far as its declared schema and its scripts tell.
 *
 * @param declared names in the run's schema
 * @param named made by scripts, or declared in a further schema; without a schema they are in the run's
 * @param changed by scripts, which may be another application's: they count only beside the history of another tool
 * @param certain whether these are all
 */
public record BundleTables(Set<String> declared, Set<SqlName> named, Set<SqlName> changed, boolean certain) {
    /** Without tables that the scripts only change. */
    BundleTables(Set<String> declared, Set<SqlName> named, boolean certain) {
        this(declared, named, Set.of(), certain);
    }
}
