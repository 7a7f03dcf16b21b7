package io.schemajob.importer.convert;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A value in the one form in which both databases agree on it; {@link Kind} says how it is read. What is loaded, hashed
 * and compared is this, so a converter cannot load one thing and prove another. NULL is Java's null.
 *
 * @param number for kinds that are numbers: a count of microseconds since 2000, an integer, the bits of a float …
 * @param bytes for the other kinds: UTF-8 text as PostgreSQL would print it, the 16 bytes of a UUID, raw bytes
 */
public record CanonicalValue(long number, byte[] bytes) {
    public static CanonicalValue of(long number) {
        return new CanonicalValue(number, null);
    }

    /** @param bytes not copied */
    public static CanonicalValue of(byte[] bytes) {
        return new CanonicalValue(0, bytes);
    }

    public static CanonicalValue of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether they are the same of one kind, without a copy of either; null is NULL. */
    public static boolean same(CanonicalValue a, CanonicalValue b) {
        return a == null || b == null ? a == b : a.number == b.number && Arrays.equals(a.bytes, b.bytes);
    }
}
