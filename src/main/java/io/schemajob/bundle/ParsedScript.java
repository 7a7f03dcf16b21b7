package io.schemajob.bundle;

import java.util.List;

/**
 * A script taken apart. Either all its statements can run in one transaction, or it is a single statement that cannot.
 *
 * @param script what was parsed
 * @param statements in order; a {@code BEGIN} … {@code COMMIT} pair around the whole script is left out, as the run
 *     supplies the transaction
 * @param transactional whether it runs in a transaction
 */
public record ParsedScript(Script script, List<Statement> statements, boolean transactional) {}
