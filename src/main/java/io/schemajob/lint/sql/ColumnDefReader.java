package io.schemajob.lint.sql;

import io.schemajob.bundle.sql.SqlName;
import io.schemajob.lint.sql.ColumnDef.Value;
import java.util.ArrayList;
import java.util.List;

/** Reads the declaration of one column: name, type, and what follows in any order. */
final class ColumnDefReader {
    private static final List<String> BEGINNINGS = List.of(
            "CONSTRAINT",
            "NOT",
            "NULL",
            "CHECK",
            "DEFAULT",
            "GENERATED",
            "UNIQUE",
            "PRIMARY",
            "REFERENCES",
            "COLLATE",
            "DEFERRABLE",
            "INITIALLY",
            "STORAGE",
            "COMPRESSION");

    private final Sql sql;
    private final List<ConstraintDef> constraints = new ArrayList<>();
    private boolean notNull;
    private Value value = Value.NONE;
    private String volatileCall;

    private ColumnDefReader(Sql sql) {
        this.sql = sql;
    }

    /** Null if no name stands there. */
    static ColumnDef read(Sql sql) {
        SqlName name = sql.name();
        if (name == null) {
            return null;
        }
        SqlType type = BEGINNINGS.contains(sql.keyword()) ? null : TypeReader.read(sql);
        ColumnDefReader reader = new ColumnDefReader(sql);
        while (!sql.atEnd()) {
            reader.readOne();
        }
        return new ColumnDef(
                name.name(), type, reader.notNull, reader.value, reader.volatileCall, List.copyOf(reader.constraints));
    }

    private void readOne() {
        String name = null;
        if (sql.accept("CONSTRAINT")) {
            SqlName given = sql.name();
            name = given == null ? null : given.name();
        }
        if (sql.accept("NOT")) {
            notNull |= sql.accept("NULL");
        } else if (sql.accept("DEFAULT")) {
            readDefault();
        } else if (sql.accept("GENERATED")) {
            readGenerated();
        } else if (ConstraintReader.begins(sql)) {
            constraints.add(ConstraintReader.readInline(sql).named(name));
        } else {
            skipOther();
        }
    }

    private void readDefault() {
        boolean nothing = sql.is("NULL");
        volatileCall = Volatility.volatileCall(sql.expression(BEGINNINGS));
        value = nothing ? Value.NONE : Value.DEFAULT;
    }

    private void readGenerated() {
        sql.accept("ALWAYS");
        sql.accept("BY", "DEFAULT");
        sql.accept("AS");
        if (sql.accept("IDENTITY")) {
            sql.group();
            value = Value.IDENTITY;
        } else {
            sql.group();
            value = sql.accept("STORED") ? Value.STORED : Value.VIRTUAL;
        }
    }

    private void skipOther() {
        if (sql.group() == null && !sql.atEnd()) {
            sql.skip();
        }
    }
}
