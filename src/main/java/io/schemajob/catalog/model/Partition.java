package io.schemajob.catalog.model;

/**
 * What makes a table a partition.
 *
 * @param parent the partitioned table
 * @param bound {@code FOR VALUES FROM (…) TO (…)} or {@code DEFAULT}
 */
public record Partition(String parent, String bound) {}
