package io.schemajob.catalog.model;

import java.util.ArrayList;
import java.util.List;

/** Collects a {@link Table} piece by piece, because its pieces come from several queries or keys of a file. */
public final class TableBuilder {
    public final String name;
    public final List<Column> columns = new ArrayList<>();
    public final List<Key> unique = new ArrayList<>();
    public final List<ForeignKey> foreignKeys = new ArrayList<>();
    public final List<Check> checks = new ArrayList<>();
    public final List<Exclusion> exclusions = new ArrayList<>();
    public final List<Index> indexes = new ArrayList<>();
    public final List<Trigger> triggers = new ArrayList<>();
    public final List<String> inherits = new ArrayList<>();
    public final List<Row> rows = new ArrayList<>();
    public Key primaryKey;
    public String partitionBy;
    public Partition partition;
    public PartitionPolicy partitions;
    public boolean unlogged;
    public boolean rowSecurity;
    public boolean forceRowSecurity;
    public String owner;
    public String comment;

    public TableBuilder(String name) {
        this.name = name;
    }

    /** Starts from a table, to change parts of it. */
    public static TableBuilder of(Table table) {
        return of(table, table.name());
    }

    /** The same by another name. */
    static TableBuilder of(Table table, String name) {
        TableBuilder builder = new TableBuilder(name);
        builder.columns.addAll(table.columns());
        builder.unique.addAll(table.unique());
        builder.foreignKeys.addAll(table.foreignKeys());
        builder.checks.addAll(table.checks());
        builder.exclusions.addAll(table.exclusions());
        builder.indexes.addAll(table.indexes());
        builder.triggers.addAll(table.triggers());
        builder.inherits.addAll(table.inherits());
        builder.rows.addAll(table.rows());
        builder.primaryKey = table.primaryKey();
        builder.partitionBy = table.partitionBy();
        builder.partition = table.partition();
        builder.partitions = table.partitions();
        builder.unlogged = table.unlogged();
        builder.rowSecurity = table.rowSecurity();
        builder.forceRowSecurity = table.forceRowSecurity();
        builder.owner = table.owner();
        builder.comment = table.comment();
        return builder;
    }

    public Table build() {
        return new Table(
                name,
                columns,
                primaryKey,
                unique,
                foreignKeys,
                checks,
                exclusions,
                indexes,
                triggers,
                partitionBy,
                partition,
                partitions,
                inherits,
                unlogged,
                rowSecurity,
                forceRowSecurity,
                owner,
                comment,
                rows);
    }
}
