package io.schemajob.lint.sql;

import io.schemajob.bundle.sql.SqlName;
import java.util.List;
import java.util.Set;

/** What a statement does, as far as lint rules are concerned. */
public sealed interface Ddl {
    /** What a statement works on. */
    enum Kind {
        TABLE,
        VIEW,
        MATERIALIZED_VIEW,
        INDEX,
        SCHEMA,
        TYPE,
        DOMAIN,
        OTHER;

        @Override
        public String toString() {
            return name().replace('_', ' ');
        }
    }

    /**
     * {@code CREATE TABLE} in all its forms.
     *
     * @param optional whether it says {@code IF NOT EXISTS}
     * @param partitioned whether it has partitions
     * @param parent the table it is a partition of, or null
     * @param ancestors tables it inherits from
     */
    record CreateTable(
            SqlName table,
            boolean optional,
            boolean partitioned,
            SqlName parent,
            List<SqlName> ancestors,
            List<ColumnDef> columns,
            List<ConstraintDef> constraints)
            implements Ddl {}

    /** A view, materialized view, type, domain or schema comes into being. */
    record Create(Kind kind, SqlName name, boolean replace) implements Ddl {}

    /** @param words every name in it behind the table: its columns are among them */
    record CreateIndex(SqlName index, SqlName table, boolean concurrently, boolean only, Set<String> words)
            implements Ddl {}

    /** @param kind table, view, materialized view or index */
    record Alter(Kind kind, SqlName name, List<TableAction> actions) implements Ddl {}

    record Drop(Kind kind, List<SqlName> names, boolean concurrently) implements Ddl {}

    /** @param kind table or index */
    record Reindex(Kind kind, SqlName name, boolean concurrently) implements Ddl {}

    /** {@code CLUSTER} or {@code VACUUM FULL} of a table. */
    record Rewrite(String what, SqlName table) implements Ddl {}

    record Refresh(SqlName view, boolean concurrently) implements Ddl {}

    record Truncate(List<SqlName> tables) implements Ddl {}

    /** @param value the label with its quotes */
    record AddEnumValue(SqlName type, String value) implements Ddl {}

    /** @param scansTable whether it works through rows that are there: {@code UPDATE}, {@code DELETE}, {@code MERGE} */
    record ChangeRows(String verb, SqlName table, boolean scansTable) implements Ddl {}

    /** Locks tables for as long as it takes to change the catalog, or explicitly. */
    record Touch(List<SqlName> tables, LockMode mode) implements Ddl {}

    /** Everything else. */
    record Other() implements Ddl {}
}
