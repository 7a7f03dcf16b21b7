package io.schemajob.lint.finding;

/**
 * Something that a script should do in another way.
 *
 * @param rule what it violates
 * @param file the script, relative to the bundle's folder
 * @param line from 1
 * @param subject what of the script it is about: a statement, a column …
 */
public record LintFinding(Rule rule, String file, int line, String subject) {
    /** One sentence. */
    public String message() {
        return subject + ": " + rule.reason() + ".";
    }
}
