package io.schemajob.bundle.script;

import io.schemajob.bundle.sql.Statement;
import java.util.List;

/**
 * A script taken apart. Either all its statements can run in one transaction, or it is a single statement that cannot, or
 * it says of itself that it runs step by step.
 *
 * @param script what was parsed
 * @param statements in order; a {@code BEGIN} … {@code COMMIT} pair around the whole script is left out, as the run
 *     supplies the transaction
 * @param transactional whether it runs in a transaction
 * @param steps of a script that runs outside of a transaction; empty for all others
 */
public record ParsedScript(Script script, List<Statement> statements, boolean transactional, List<ScriptStep> steps) {
    /** Whether it runs outside of a transaction, and notes how far it is. */
    public boolean stepwise() {
        return !steps.isEmpty();
    }
}
