package io.schemajob.lint.sql;

import io.schemajob.bundle.sql.SqlName;
import io.schemajob.lint.sql.ConstraintDef.Kind;
import java.util.List;

/** Reads constraints, beside a column or as an item of their own. */
final class ConstraintReader {
    /** What ends the tail of a constraint that stands beside a column. */
    private static final List<String> NEXT =
            List.of("CONSTRAINT", "NOT", "NULL", "CHECK", "DEFAULT", "GENERATED", "UNIQUE", "PRIMARY", "REFERENCES");

    private ConstraintReader() {}

    /** Whether a constraint other than NOT NULL begins here. */
    static boolean begins(Sql sql) {
        return List.of("CHECK", "UNIQUE", "PRIMARY", "REFERENCES").contains(sql.keyword());
    }

    /** Whether an item of {@code ADD} or of {@code CREATE TABLE} is a constraint rather than a column. */
    static boolean isItem(Sql sql) {
        if (sql.is("EXCLUDE")) {
            Sql ahead = sql.again();
            ahead.find("EXCLUDE");
            return ahead.is("USING") || ahead.is('(');
        }
        return List.of("CONSTRAINT", "CHECK", "UNIQUE", "PRIMARY", "FOREIGN", "NOT")
                .contains(sql.keyword());
    }

    static ConstraintDef readInline(Sql sql) {
        ConstraintDef constraint = readCore(sql);
        skipReferenceActions(sql);
        sql.skipTo(NEXT);
        return constraint;
    }

    /** Reads an item for which {@link #isItem} holds; null if it is none after all. */
    static ConstraintDef readItem(Sql sql) {
        String name = null;
        if (sql.accept("CONSTRAINT")) {
            SqlName given = sql.name();
            name = given == null ? null : given.name();
        }
        ConstraintDef constraint = readCore(sql);
        return constraint == null ? null : constraint.named(name).deferred(saysDeferred(sql));
    }

    private static ConstraintDef readCore(Sql sql) {
        if (sql.accept("CHECK")) {
            return ConstraintDef.of(Kind.CHECK).onColumn(onlyNotNull(sql.group()));
        } else if (sql.accept("NOT")) {
            sql.accept("NULL");
            SqlName column = sql.name();
            return ConstraintDef.of(Kind.NOT_NULL).onColumn(column == null ? null : column.name());
        } else if (sql.accept("UNIQUE")) {
            return unique(Kind.UNIQUE, sql);
        } else if (sql.accept("PRIMARY")) {
            sql.accept("KEY");
            return unique(Kind.PRIMARY_KEY, sql);
        } else if (sql.accept("EXCLUDE")) {
            return ConstraintDef.of(Kind.EXCLUDE);
        } else if (sql.accept("FOREIGN")) {
            return ConstraintDef.of(Kind.FOREIGN_KEY).referring(sql.find("REFERENCES") ? sql.name() : null);
        } else if (sql.accept("REFERENCES")) {
            return ConstraintDef.of(Kind.FOREIGN_KEY).referring(sql.name());
        }
        return null;
    }

    private static ConstraintDef unique(Kind kind, Sql sql) {
        return ConstraintDef.of(kind).usingIndex(sql.accept("USING", "INDEX"));
    }

    /** The column of {@code (column IS NOT NULL)}, in any number of parentheses. */
    private static String onlyNotNull(Sql condition) {
        Sql inner = condition;
        while (inner != null && inner.is('(')) {
            Sql group = inner.group();
            if (!inner.atEnd()) {
                return null;
            }
            inner = group;
        }
        SqlName column = inner == null ? null : inner.name();
        boolean all = column != null && inner.accept("IS", "NOT", "NULL") && inner.atEnd();
        return all ? column.name() : null;
    }

    /** {@code ON DELETE SET NULL} and the like, whose words would be taken for constraints. */
    private static void skipReferenceActions(Sql sql) {
        sql.group();
        if (sql.accept("MATCH")) {
            sql.skip();
        }
        while (sql.accept("ON")) {
            sql.skip();
            sql.skip();
            if (!sql.atEnd() && List.of("NULL", "DEFAULT", "ACTION").contains(sql.keyword())) {
                sql.skip();
                sql.group();
            }
        }
    }

    private static boolean saysDeferred(Sql sql) {
        while (sql.find("NOT")) {
            if (sql.is("VALID") || sql.is("ENFORCED")) {
                return true;
            }
        }
        return false;
    }
}
