package io.schemajob.lint.sql;

import java.util.List;

/**
 * A column as a script declares it.
 *
 * @param name as the catalog holds it
 * @param type null if none was understood
 * @param notNull whether it says {@code NOT NULL}
 * @param value where its values come from
 * @param volatileCall the function in its default that makes each row's value its own, or null
 * @param constraints those that stand beside it
 */
public record ColumnDef(
        String name, SqlType type, boolean notNull, Value value, String volatileCall, List<ConstraintDef> constraints) {
    /** Where the values of a column come from. */
    public enum Value {
        NONE,
        DEFAULT,
        IDENTITY,
        STORED,
        VIRTUAL
    }
}
