package io.schemajob.lint.rule;

import io.schemajob.lint.sql.Ddl;

/** Looks at a statement in the light of what came before it in its script, and reports what it finds. */
@FunctionalInterface
public interface RuleCheck {
    /** @param line where the statement begins, from 1 */
    void look(Ddl ddl, int line, ScriptContext context);
}
