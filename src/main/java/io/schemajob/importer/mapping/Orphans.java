package io.schemajob.importer.mapping;

/** What becomes of a row whose foreign key names a row that is not there. */
public enum Orphans {
    /** It does not fit. */
    REJECT("reject"),
    /** It is loaded with NULL instead. */
    SET_NULL("set null"),
    /** It is not loaded, and written to the file of rejects. */
    SKIP("skip");

    private final String word;

    Orphans(String word) {
        this.word = word;
    }

    /** As {@code import.yaml} has it. */
    @Override
    public String toString() {
        return word;
    }
}
