package io.schemajob.catalog.model;

/** What happens to a referencing row when the row it refers to goes or changes. */
public enum ReferentialAction {
    NO_ACTION,
    RESTRICT,
    CASCADE,
    SET_NULL,
    SET_DEFAULT;

    /** As SQL writes it. */
    public String sql() {
        return name().replace('_', ' ');
    }
}
