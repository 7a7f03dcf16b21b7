package io.schemajob.lint.rule;

import io.schemajob.bundle.sql.SqlName;
import io.schemajob.lint.effect.TrackedSchema;
import io.schemajob.lint.finding.Rule;
import io.schemajob.lint.sql.Ddl;
import io.schemajob.lint.sql.TableAction;
import java.util.List;

/** What the running release uses stays where it is, under its name. */
public final class RemovalRules implements RuleCheck {
    private final List<Ddl> script;

    /** @param script all of it, since a later statement may put another thing under the old name */
    public RemovalRules(List<Ddl> script) {
        this.script = script;
    }

    @Override
    public void look(Ddl ddl, int line, ScriptContext context) {
        if (ddl instanceof Ddl.Alter alter && alter.kind() != Ddl.Kind.INDEX && context.existed(alter.name())) {
            alter.actions().forEach(action -> look(alter, action, context));
        } else if (ddl instanceof Ddl.Drop drop) {
            drop.names().stream().filter(context::existed).forEach(name -> dropped(drop, name, line, context));
        } else if (ddl instanceof Ddl.Truncate truncate) {
            truncate.tables().stream()
                    .filter(context::existed)
                    .forEach(table -> context.report(Rule.TRUNCATE_TABLE, line, "TRUNCATE " + table));
        }
    }

    private void look(Ddl.Alter alter, TableAction action, ScriptContext context) {
        if (action instanceof TableAction.Rename rename && !isThereAgain(alter.name())) {
            context.report(
                    alter.kind() == Ddl.Kind.TABLE ? Rule.RENAME_TABLE : Rule.RENAME_VIEW,
                    rename.line(),
                    "%s %s becomes %s".formatted(alter.kind(), alter.name(), rename.to()));
        } else if (action instanceof TableAction.RenameColumn rename) {
            context.report(
                    Rule.RENAME_COLUMN,
                    rename.line(),
                    "column %s.%s becomes %s".formatted(alter.name(), rename.from(), rename.to()));
        } else if (action instanceof TableAction.DropColumn drop) {
            context.report(Rule.DROP_COLUMN, drop.line(), "DROP COLUMN %s.%s".formatted(alter.name(), drop.column()));
        } else if (action instanceof TableAction.Detach detach && !detach.concurrently()) {
            context.report(
                    Rule.DETACH_NOT_CONCURRENT,
                    detach.line(),
                    "DETACH PARTITION %s of %s".formatted(detach.partition(), alter.name()));
        }
    }

    private void dropped(Ddl.Drop drop, SqlName name, int line, ScriptContext context) {
        String subject = "DROP %s %s".formatted(drop.kind(), name);
        switch (drop.kind()) {
            case TABLE, SCHEMA -> context.report(Rule.DROP_TABLE, line, subject);
            case VIEW, MATERIALIZED_VIEW -> {
                if (!isThereAgain(name)) {
                    context.report(Rule.DROP_VIEW, line, subject);
                }
            }
            default -> {
                // An index is nothing that a release names.
            }
        }
    }

    /** Whether the script puts something else under the name. */
    private boolean isThereAgain(SqlName name) {
        String key = TrackedSchema.key(name);
        return script.stream()
                .anyMatch(ddl -> ddl instanceof Ddl.Create create
                                && TrackedSchema.key(create.name()).equals(key)
                        || ddl instanceof Ddl.CreateTable table
                                && TrackedSchema.key(table.table()).equals(key)
                        || ddl instanceof Ddl.Alter alter
                                && alter.actions().stream()
                                        .anyMatch(action -> action instanceof TableAction.Rename rename
                                                && TrackedSchema.key(rename.to())
                                                        .equals(key)));
    }
}
