package io.schemajob.lint.rule;

import io.schemajob.bundle.sql.SqlName;
import io.schemajob.lint.finding.Rule;
import io.schemajob.lint.sql.ColumnDef;
import io.schemajob.lint.sql.ColumnDef.Value;
import io.schemajob.lint.sql.ConstraintDef;
import io.schemajob.lint.sql.Ddl;
import io.schemajob.lint.sql.SqlType;
import io.schemajob.lint.sql.TableAction;
import io.schemajob.lint.sql.TypeChange;

/** Columns are added and changed without writing the table anew. */
public final class ColumnRules implements RuleCheck {
    @Override
    public void look(Ddl ddl, int line, ScriptContext context) {
        if (ddl instanceof Ddl.Rewrite rewrite && context.existed(rewrite.table())) {
            context.report(Rule.TABLE_REWRITE, line, rewrite.what() + " " + rewrite.table());
        } else if (ddl instanceof Ddl.Alter alter && alter.kind() == Ddl.Kind.TABLE && context.existed(alter.name())) {
            alter.actions().forEach(action -> look(alter.name(), action, context));
        }
    }

    private static void look(SqlName table, TableAction action, ScriptContext context) {
        if (action instanceof TableAction.AddColumn add) {
            added(table, add, context);
        } else if (action instanceof TableAction.SetType set) {
            typeSet(table, set, context);
        } else if (action instanceof TableAction.SetNotNull set) {
            if (!context.schema().isNeverNull(table, set.column())) {
                context.report(
                        Rule.SET_NOT_NULL_UNCHECKED,
                        set.line(),
                        "SET NOT NULL for %s.%s".formatted(table, set.column()));
            }
        } else if (action instanceof TableAction.Rewrite rewrite) {
            context.report(Rule.TABLE_REWRITE, rewrite.line(), "%s of %s".formatted(rewrite.what(), table));
        }
    }

    private static void added(SqlName table, TableAction.AddColumn add, ScriptContext context) {
        ColumnDef column = add.column();
        String name = "%s.%s".formatted(table, column.name());
        boolean serial = column.value() == Value.IDENTITY
                || column.type() != null && column.type().serial();
        if (serial) {
            context.report(Rule.SERIAL_COLUMN, add.line(), "new column " + name);
        } else if (column.volatileCall() != null) {
            context.report(
                    Rule.VOLATILE_DEFAULT,
                    add.line(),
                    "new column %s with default %s()".formatted(name, column.volatileCall()));
        } else if (column.value() == Value.STORED) {
            context.report(Rule.STORED_GENERATED_COLUMN, add.line(), "new column " + name);
        } else if (column.value() == Value.NONE && column.notNull()) {
            context.report(Rule.NOT_NULL_WITHOUT_DEFAULT, add.line(), "new column " + name);
        }
        column.constraints().forEach(constraint -> added(name, add, constraint, context));
    }

    /** A new column that is null everywhere satisfies its foreign key without a look; other constraints are checked. */
    private static void added(String name, TableAction.AddColumn add, ConstraintDef constraint, ScriptContext context) {
        String subject = "new column " + name;
        switch (constraint.kind()) {
            case CHECK -> context.report(Rule.CHECK_WITHOUT_NOT_VALID, add.line(), "CHECK beside " + subject);
            case UNIQUE -> context.report(Rule.UNIQUE_WITHOUT_INDEX, add.line(), "UNIQUE beside " + subject);
            case PRIMARY_KEY -> context.report(Rule.UNIQUE_WITHOUT_INDEX, add.line(), "PRIMARY KEY beside " + subject);
            case FOREIGN_KEY -> {
                if (add.column().value() != Value.NONE) {
                    context.report(
                            Rule.FOREIGN_KEY_WITHOUT_NOT_VALID,
                            add.line(),
                            "REFERENCES %s beside %s with a default".formatted(constraint.references(), subject));
                }
            }
            default -> {
                // NOT NULL is a field of the column, and EXCLUDE does not stand beside one.
            }
        }
    }

    private static void typeSet(SqlName table, TableAction.SetType set, ScriptContext context) {
        SqlType from = context.schema().type(table, set.column()).orElse(null);
        SqlType to = set.type();
        String column = "%s.%s".formatted(table, set.column());
        if (set.using() != null) {
            report(set, "%s to %s USING an expression".formatted(column, to), context);
        } else if (from == null || to == null) {
            report(set, "%s to %s (its type so far is not known from this bundle)".formatted(column, to), context);
        } else if (TypeChange.rewrites(from, to)) {
            report(set, "%s from %s to %s".formatted(column, from, to), context);
        } else if (TypeChange.rebuildsIndexes(from, to) && context.schema().isIndexed(table, set.column())) {
            report(set, "%s, which is indexed, from %s to %s".formatted(column, from, to), context);
        }
    }

    private static void report(TableAction.SetType set, String subject, ScriptContext context) {
        context.report(Rule.TYPE_CHANGE_REWRITE, set.line(), subject);
    }
}
