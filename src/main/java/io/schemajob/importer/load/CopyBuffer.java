package io.schemajob.importer.load;

import java.util.Arrays;

/** Bytes on their way to the server; grows for a row that is longer than it. */
final class CopyBuffer {
    private byte[] data;
    private int length;
    private long rows;

    CopyBuffer(int capacity) {
        this.data = new byte[capacity];
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
        ensure(bytes.length);
        System.arraycopy(bytes, 0, data, length, bytes.length);
        length += bytes.length;
    }

    /** Sets an int that was put before. */
    void setInt(int position, int value) {
        for (int i = 0; i < 4; i++) {
            data[position + i] = (byte) (value >> 24 - 8 * i);
        }
    }

    void endRow() {
        rows++;
    }

    private void ensure(int more) {
        if (data.length - length < more) {
            data = Arrays.copyOf(data, Math.max(Math.addExact(length, more), data.length + (data.length >> 1)));
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

    /** Empties it; what one long row made large is given back. */
    CopyBuffer clear(int capacity) {
        if (data.length > 4 * capacity) {
            data = new byte[capacity];
        }
        length = 0;
        rows = 0;
        return this;
    }
}
