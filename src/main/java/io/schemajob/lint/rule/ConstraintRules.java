package io.schemajob.lint.rule;

import io.schemajob.bundle.sql.SqlName;
import io.schemajob.lint.finding.Rule;
import io.schemajob.lint.sql.ConstraintDef;
import io.schemajob.lint.sql.Ddl;
import io.schemajob.lint.sql.TableAction;

/** Constraints are added without a look at the rows, and validated later under a lock that lets the application work. */
public final class ConstraintRules implements RuleCheck {
    @Override
    public void look(Ddl ddl, int line, ScriptContext context) {
        if (!(ddl instanceof Ddl.Alter alter) || alter.kind() != Ddl.Kind.TABLE || !context.existed(alter.name())) {
            return;
        }
        for (TableAction action : alter.actions()) {
            if (action instanceof TableAction.AddConstraint add) {
                added(alter.name(), add, context);
            } else if (action instanceof TableAction.Validate validate
                    && context.addedConstraint(alter.name(), validate.constraint())) {
                context.report(
                        Rule.VALIDATE_IN_SAME_SCRIPT,
                        validate.line(),
                        "VALIDATE CONSTRAINT %s of %s".formatted(validate.constraint(), alter.name()));
            }
        }
    }

    private static void added(SqlName table, TableAction.AddConstraint add, ScriptContext context) {
        ConstraintDef constraint = add.constraint();
        String subject = "%s%s on %s"
                .formatted(
                        constraint.kind().toString().replace('_', ' '),
                        constraint.name() == null ? "" : " " + constraint.name(),
                        table);
        if (!constraint.deferred() && !constraint.usingIndex() && !isImplied(table, constraint, context)) {
            context.report(rule(constraint.kind()), add.line(), subject);
        }
    }

    private static Rule rule(ConstraintDef.Kind kind) {
        return switch (kind) {
            case CHECK -> Rule.CHECK_WITHOUT_NOT_VALID;
            case NOT_NULL -> Rule.SET_NOT_NULL_UNCHECKED;
            case UNIQUE, PRIMARY_KEY -> Rule.UNIQUE_WITHOUT_INDEX;
            case EXCLUDE -> Rule.EXCLUSION_CONSTRAINT;
            case FOREIGN_KEY -> Rule.FOREIGN_KEY_WITHOUT_NOT_VALID;
        };
    }

    /** NOT NULL as a constraint with a name (PostgreSQL 18) is not checked where a validated CHECK says the same. */
    private static boolean isImplied(SqlName table, ConstraintDef constraint, ScriptContext context) {
        return constraint.kind() == ConstraintDef.Kind.NOT_NULL
                && context.schema().isNeverNull(table, constraint.notNull());
    }
}
