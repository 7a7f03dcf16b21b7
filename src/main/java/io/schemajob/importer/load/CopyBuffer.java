package io.schemajob.importer.load;

/**
 * Bytes on their way to the server, in pieces of one size: what is longer than the rest of a piece goes on in the next, so a row of
 * any length takes no more memory here than a short one.
 */
final class CopyBuffer {
    private final Pieces pieces;
    private byte[] data = new byte[0];
    private int length;
    private long rows;

    CopyBuffer(Pieces pieces) {
        this.pieces = pieces;
    }

    /** Where the pieces go. */
    interface Pieces {
        /** Takes a piece that is full; waits for an empty one. */
        byte[] exchange(byte[] data, int length, long rows);
    }

    void putShort(int value) {
        ensure(2);
        data[length++] = (byte) (value >> 8);
        data[length++] = (byte) value;
    }

    void putInt(int value) {
        ensure(4);
        putShort(value >> 16);
        putShort(value);
    }

    void putLong(long value) {
        putInt((int) (value >> 32));
        putInt((int) value);
    }

    void putByte(int value) {
        ensure(1);
        data[length++] = (byte) value;
    }

    void putBytes(byte[] bytes) {
        for (int from = 0; from < bytes.length; ) {
            ensure(1);
            int count = Math.min(bytes.length - from, data.length - length);
            System.arraycopy(bytes, from, data, length, count);
            length += count;
            from += count;
        }
    }

    void endRow() {
        rows++;
    }

    private void ensure(int more) {
        if (data.length - length < more) {
            data = pieces.exchange(data, length, rows);
            length = 0;
            rows = 0;
        }
    }

    byte[] data() {
        return data;
    }

    int length() {
        return length;
    }

    long rows() {
        return rows;
    }
}
