package io.schemajob.bundle.script;

import io.schemajob.bundle.sql.LineComment;
import io.schemajob.bundle.sql.Statement;
import java.util.List;

/**
 * A script as it is written: nothing left out and nothing judged. What runs is a {@link ParsedScript}.
 *
 * @param script what was read
 * @param statements all of them, with {@code BEGIN} and {@code COMMIT}
 * @param comments the line comments between tokens, in order; those inside a string continued over lines are left out
 */
public record ScriptOutline(Script script, List<Statement> statements, List<LineComment> comments) {
    /** Whether it says that it runs outside of a transaction, step by step. */
    public boolean stepwise() {
        return script.section() != null && !script.section().transactional()
                || ScriptSteps.mayAsk(script) && ScriptSteps.asked(script, statements, comments);
    }
}
