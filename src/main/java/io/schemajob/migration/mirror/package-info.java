/** Keeping another tool's history at the version of ours. */
package io.schemajob.migration.mirror;
