package io.schemajob.lint.sql;

import io.schemajob.bundle.sql.SqlName;

/**
 * A constraint as a script declares it.
 *
 * @param kind what it demands
 * @param name null if the server makes one up
 * @param deferred whether it says {@code NOT VALID} or {@code NOT ENFORCED}: rows that are there are not looked at now
 * @param usingIndex whether it takes over an index that was built before
 * @param notNull the column, if all it demands is that this one is not null; otherwise null
 * @param references the other table of a foreign key, or null
 */
public record ConstraintDef(
        Kind kind, String name, boolean deferred, boolean usingIndex, String notNull, SqlName references) {
    /** What constraints demand. */
    public enum Kind {
        CHECK,
        NOT_NULL,
        UNIQUE,
        PRIMARY_KEY,
        EXCLUDE,
        FOREIGN_KEY
    }

    /** The same under a name. */
    public ConstraintDef named(String given) {
        return new ConstraintDef(kind, given, deferred, usingIndex, notNull, references);
    }

    /** What it is once {@code VALIDATE CONSTRAINT} has run. */
    public ConstraintDef validated() {
        return deferred(false);
    }

    static ConstraintDef of(Kind kind) {
        return new ConstraintDef(kind, null, false, false, null, null);
    }

    ConstraintDef referring(SqlName table) {
        return new ConstraintDef(kind, name, deferred, usingIndex, notNull, table);
    }

    /** The same demand on another column. */
    public ConstraintDef onColumn(String column) {
        return new ConstraintDef(kind, name, deferred, usingIndex, column, references);
    }

    ConstraintDef deferred(boolean whether) {
        return new ConstraintDef(kind, name, whether, usingIndex, notNull, references);
    }

    ConstraintDef usingIndex(boolean whether) {
        return new ConstraintDef(kind, name, deferred, whether, notNull, references);
    }
}
