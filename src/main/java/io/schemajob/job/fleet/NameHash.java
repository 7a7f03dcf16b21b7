package io.schemajob.job.fleet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;

/**
 * The place of a target in its fleet, which follows from its name alone: the first eight bytes of the SHA-256 of the name
 * in UTF-8, as a number without a sign. A target that is added moves no other. The rule stays: pods of two releases must
 * agree on it.
 */
final class NameHash {
    /** Two names with the same number are in the order of their names. */
    static final Comparator<FleetTarget> ORDER = Comparator.<FleetTarget, Long>comparing(
                    target -> of(target.name()), Long::compareUnsigned)
            .thenComparing(FleetTarget::name);

    private NameHash() {}

    /** From 0 up to, but not including, the number of shards. */
    static int shard(String name, int shards) {
        return (int) Long.remainderUnsigned(of(name), shards);
    }

    private static long of(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
