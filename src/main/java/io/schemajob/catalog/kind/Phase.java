package io.schemajob.catalog.kind;

/** Where the statements of a kind stand in a script if no name that they mention forces them elsewhere. */
public enum Phase {
    /** Before types: collations, languages, servers. */
    FOUNDATION,
    /** After types and functions, before tables use them: aggregates, operators, text search. */
    DEFINITION,
    /** Settings of a table, column, index or function, once that is there. */
    SETTINGS,
    /** On top of tables and views: rules, policies, publications. */
    ATTACHED
}
