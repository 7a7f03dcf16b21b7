package io.schemajob.database.lock;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The two advisory lock keys of one schema in one database.
 *
 * @param job held by the run
 * @param shared held in share mode by every session that runs statements of migrations
 */
public record LockKeys(long job, long shared) {

    /** The words that are hashed stay: runs of different releases keep each other out. */
    public static LockKeys of(String database, String schema) {
        return new LockKeys(hash("job", database, schema), hash("workers", database, schema));
    }

    /**
     * The keys of maintenance, which keeps out other maintenance but not a migration: a release must not wait for an
     * index that is rebuilt.
     */
    public static LockKeys forMaintenance(String database, String schema) {
        return new LockKeys(hash("maintenance", database, schema), hash("maintenance workers", database, schema));
    }

    private static long hash(String use, String database, String schema) {
        try {
            byte[] text = String.join("\0", "schemajob", use, database, schema).getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
