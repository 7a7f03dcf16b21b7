package io.schemajob.catalog.kind;

/** What it means that there is an object which nobody declared. */
public enum Undeclared {
    /** Statements on declared objects behave differently: drift. */
    DRIFT,
    /** It leaves declared objects as they are: a warning, and drift in a strict bundle. */
    STRICT_DRIFT,
    /** It belongs to the whole database, where others have theirs: a warning. */
    WARNING
}
