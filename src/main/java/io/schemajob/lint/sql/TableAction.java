package io.schemajob.lint.sql;

import io.schemajob.bundle.sql.SqlName;

/** One of the actions that an {@code ALTER TABLE} lists with commas between them. */
public sealed interface TableAction {
    /** Where it stands in its script, from 1. */
    int line();

    record AddColumn(int line, ColumnDef column) implements TableAction {}

    record DropColumn(int line, String column) implements TableAction {}

    /**
     * {@code ALTER COLUMN … TYPE}
     *
     * @param type null if none was understood
     * @param using an expression of its own that makes the new value, or null
     */
    record SetType(int line, String column, SqlType type, String using) implements TableAction {}

    record SetNotNull(int line, String column) implements TableAction {}

    record AddConstraint(int line, ConstraintDef constraint) implements TableAction {}

    record Validate(int line, String constraint) implements TableAction {}

    record DropConstraint(int line, String constraint) implements TableAction {}

    record RenameColumn(int line, String from, String to) implements TableAction {}

    /** A new name, or the same in another schema. */
    record Rename(int line, SqlName to) implements TableAction {}

    /** Writes the whole table anew; {@code what} names it. */
    record Rewrite(int line, String what) implements TableAction {}

    record Attach(int line, SqlName partition) implements TableAction {}

    record Detach(int line, SqlName partition, boolean concurrently) implements TableAction {}

    /** {@code ENABLE} or {@code DISABLE ROW LEVEL SECURITY} */
    record EnableRowSecurity(int line, boolean enabled) implements TableAction {}

    /** {@code FORCE} or {@code NO FORCE ROW LEVEL SECURITY} */
    record ForceRowSecurity(int line, boolean forced) implements TableAction {}

    /** Changes the catalog alone. */
    record Minor(int line, LockMode mode) implements TableAction {}
}
