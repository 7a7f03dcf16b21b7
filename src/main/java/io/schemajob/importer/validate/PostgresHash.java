package io.schemajob.importer.validate;

/**
 * PostgreSQL's own 64-bit hash of bytes and integers, so that a checksum over a million values is computed by the server
 * where the values are. Hash partitioning rests on it, so its results never change.
 *
 * <p>It is Bob Jenkins's lookup3 with a seed, reading little-endian words; on a big-endian server it gives other numbers,
 * which {@code TargetSums} finds out first.
 *
 * @see <a href="https://burtleburtle.net/bob/c/lookup3.c">lookup3.c</a>
 * @see <a href="https://github.com/postgres/postgres/blob/master/src/common/hashfn.c">hashfn.c</a>
 */
public final class PostgresHash {
    private static final int START = 0x9e3779b9 + 3_923_095;

    private int a;
    private int b;
    private int c;

    private PostgresHash(int length, long seed) {
        a = START + length;
        b = a;
        c = a;
        if (seed != 0) {
            a += (int) (seed >>> 32);
            b += (int) seed;
            mix();
        }
    }

    /** {@code hashtextextended(text COLLATE "C", seed)}, {@code uuid_hash_extended(uuid, seed)}. */
    public static long ofBytes(byte[] bytes, long seed) {
        PostgresHash hash = new PostgresHash(bytes.length, seed);
        int i = 0;
        for (; bytes.length - i >= 12; i += 12) {
            hash.a += word(bytes, i);
            hash.b += word(bytes, i + 4);
            hash.c += word(bytes, i + 8);
            hash.mix();
        }
        hash.tail(bytes, i);
        return hash.end();
    }

    /** {@code hashint8extended(value, seed)}. */
    public static long ofLong(long value, long seed) {
        int low = (int) value;
        int high = (int) (value >>> 32);
        PostgresHash hash = new PostgresHash(Integer.BYTES, seed);
        hash.a += low ^ (value >= 0 ? high : ~high);
        return hash.end();
    }

    /** {@code hash_array_extended(ARRAY[…]::bigint[], 0)}, given the hashes of the elements; that of NULL is 0. */
    static long ofHashes(long[] hashes) {
        long result = 1;
        for (long hash : hashes) {
            result = 31 * result + hash;
        }
        return result;
    }

    /** Up to eleven bytes; the lowest byte of c is taken by the length. */
    private void tail(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            int value = bytes[i] & 0xff;
            int position = i - from;
            if (position < 4) {
                a += value << 8 * position;
            } else if (position < 8) {
                b += value << 8 * (position - 4);
            } else {
                c += value << 8 * (position - 7);
            }
        }
    }

    private void mix() {
        a = a - c ^ Integer.rotateLeft(c, 4);
        c += b;
        b = b - a ^ Integer.rotateLeft(a, 6);
        a += c;
        c = c - b ^ Integer.rotateLeft(b, 8);
        b += a;
        a = a - c ^ Integer.rotateLeft(c, 16);
        c += b;
        b = b - a ^ Integer.rotateLeft(a, 19);
        a += c;
        c = c - b ^ Integer.rotateLeft(b, 4);
        b += a;
    }

    private long end() {
        c = (c ^ b) - Integer.rotateLeft(b, 14);
        a = (a ^ c) - Integer.rotateLeft(c, 11);
        b = (b ^ a) - Integer.rotateLeft(a, 25);
        c = (c ^ b) - Integer.rotateLeft(b, 16);
        a = (a ^ c) - Integer.rotateLeft(c, 4);
        b = (b ^ a) - Integer.rotateLeft(a, 14);
        c = (c ^ b) - Integer.rotateLeft(b, 24);
        return (long) b << 32 | c & 0xffff_ffffL;
    }

    private static int word(byte[] bytes, int i) {
        return bytes[i] & 0xff | (bytes[i + 1] & 0xff) << 8 | (bytes[i + 2] & 0xff) << 16 | bytes[i + 3] << 24;
    }
}
