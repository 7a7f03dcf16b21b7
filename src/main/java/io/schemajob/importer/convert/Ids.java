package io.schemajob.importer.convert;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * UUIDs from the ids of a table: one that is a UUID already is kept; anything else becomes the version-5 UUID of table
 * and old id. So a foreign key needs no lookup table, and a repeated run gives the same ids.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5">RFC 9562, UUID version 5</a>
 */
public final class Ids {
    /** The namespace of all tables; drawn once, and never to be changed. */
    private static final UUID ROOT = UUID.fromString("6d2f5ac4-51a8-5e0b-9c39-0f4c7fd7a8e2");

    private static final int[] GROUP_ENDS = {8, 13, 18, 23};
    private static final ThreadLocal<MessageDigest> SHA1 = ThreadLocal.withInitial(Ids::sha1);

    private final byte[] namespace;

    /** @param table the source table's name */
    public Ids(String table) {
        this.namespace = version5(toBytes(ROOT), table.getBytes(StandardCharsets.UTF_8));
    }

    /** The new id of an old one. */
    public byte[] of(byte[] oldId) {
        byte[] kept = parse(oldId);
        return kept == null ? version5(namespace, oldId) : kept;
    }

    /** The 16 bytes of a UUID written as 32 hex digits, with hyphens or without, or null if it is none. */
    static byte[] parse(byte[] text) {
        boolean hyphens = text.length == 36;
        if (!hyphens && text.length != 32) {
            return null;
        }
        byte[] uuid = new byte[16];
        int digits = 0;
        for (int i = 0; i < text.length; i++) {
            if (hyphens && isGroupEnd(i)) {
                if (text[i] != '-') {
                    return null;
                }
                continue;
            }
            int digit = text[i] < 0 ? -1 : Character.digit((char) text[i], 16);
            if (digit < 0) {
                return null;
            }
            uuid[digits / 2] |= (byte) (digits % 2 == 0 ? digit << 4 : digit);
            digits++;
        }
        return uuid;
    }

    private static boolean isGroupEnd(int i) {
        for (int end : GROUP_ENDS) {
            if (i == end) {
                return true;
            }
        }
        return false;
    }

    private static byte[] version5(byte[] namespace, byte[] name) {
        MessageDigest digest = SHA1.get();
        digest.update(namespace);
        byte[] uuid = java.util.Arrays.copyOf(digest.digest(name), 16);
        uuid[6] = (byte) (uuid[6] & 0x0f | 0x50);
        uuid[8] = (byte) (uuid[8] & 0x3f | 0x80);
        return uuid;
    }

    public static byte[] toBytes(UUID uuid) {
        return ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    public static UUID toUuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
