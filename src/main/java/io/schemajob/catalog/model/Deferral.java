package io.schemajob.catalog.model;

/** When a constraint or a constraint trigger is checked. */
public enum Deferral {
    NOT_DEFERRABLE,
    INITIALLY_IMMEDIATE,
    INITIALLY_DEFERRED
}
