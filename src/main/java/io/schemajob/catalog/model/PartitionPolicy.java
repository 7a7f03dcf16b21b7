package io.schemajob.catalog.model;

/** What a declaration says of the partitions of a table. */
public enum PartitionPolicy {
    /** They come and go, as those of days and months do: only a default partition may be declared. */
    IGNORE,
    /** All are declared. */
    DECLARED
}
