package io.schemajob.database.query;

/** Names of tables that are ours and that no bundle declares. */
public final class OwnTables {
    /** One row for every import from another database. */
    public static final String IMPORTS = "schemajob_import";

    /** How far a script is that runs outside of a transaction; there only while one is not complete. */
    public static final String PROGRESS = "schemajob_progress";

    private OwnTables() {}

    public static boolean holds(String name) {
        return name.equals(IMPORTS) || name.equals(PROGRESS);
    }
}
