package io.schemajob.database;

/** Names of tables that are ours and that no bundle declares. */
public final class OwnTables {
    /** One row for every import from another database. */
    public static final String IMPORTS = "schemajob_import";

    private OwnTables() {}
}
