package io.schemajob.migration.flyway;

import io.schemajob.migration.history.HistoryTable;

/**
 * The advisory lock that every Flyway takes while it works on a history table. Flyway itself tries 50 times, a second
 * apart, deaf to signals and without saying who has it, and holds it in the session of the scripts, one of which may
 * release it. So a run takes it in its own way, in the session of its job lock, and keeps Flyway from taking it
 * ({@link FlywayPostgres}).
 */
public final class FlywayLock {
    /** What a message calls the holder. */
    public static final String HOLDER = "Another tool holds Flyway's lock on this schema";

    /** "Flyway" in ASCII, to which Flyway adds the hash of the table's quoted name. */
    private static final long MAGIC = 0x466c79776179L;

    private FlywayLock() {}

    /** The key for the history of a schema. */
    public static long key(String schema) {
        return MAGIC + new HistoryTable(schema).qualified().hashCode();
    }
}
