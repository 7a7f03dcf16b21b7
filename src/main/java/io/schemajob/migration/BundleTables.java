package io.schemajob.migration;

import io.schemajob.bundle.SqlName;
import java.util.Set;

/**
 * Which tables and views are a bundle's, as far as its declared schema and its scripts tell.
 *
 * @param declared names in the run's schema
 * @param named by scripts; without a schema they are in the run's
 * @param certain whether these are all
 */
public record BundleTables(Set<String> declared, Set<SqlName> named, boolean certain) {}
