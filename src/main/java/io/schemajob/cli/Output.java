package io.schemajob.cli;

/** What a command prints as its result on standard output. */
enum Output {
    /** For people. */
    TEXT,
    /** One JSON object and nothing else; the log goes to standard error. */
    JSON
}
