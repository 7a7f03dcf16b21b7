package io.schemajob.cli.line;

/** What a command prints as its result on standard output. */
public enum Output {
    /** For people. */
    TEXT,
    /** One JSON object and nothing else; the log goes to standard error. */
    JSON,
    /** Workflow commands that GitHub shows at the lines of a pull request; only of {@code check}. */
    GITHUB,
    /** SARIF 2.1.0; only of {@code check}. */
    SARIF,
    /** JUnit's XML; only of {@code check}. */
    JUNIT
}
