package io.schemajob.catalog.model;

/** For which rows a check or foreign key holds. */
public enum Enforcement {
    /** For all. */
    VALID,
    /** For those that were written since it is there. */
    NOT_VALID,
    /** For none (from PostgreSQL 18). */
    NOT_ENFORCED;

    /** As the catalog says it. */
    public static Enforcement of(boolean validated, boolean enforced) {
        return !enforced ? NOT_ENFORCED : validated ? VALID : NOT_VALID;
    }
}
