package io.schemajob.bundle.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends the reading of an archive that unpacks to more than a bundle may hold: a few kilobytes can stand for terabytes. */
final class BoundedStream extends FilterInputStream {
    private final String path;
    private long left = Limits.BUNDLE;

    BoundedStream(String path, InputStream in) {
        super(in);
        this.path = path;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        count(count);
        return count;
    }

    /** Skipped bytes are unpacked all the same. */
    @Override
    public long skip(long wanted) throws IOException {
        long count = super.skip(wanted);
        count(count);
        return count;
    }

    private void count(long bytes) {
        left -= Math.max(0, bytes);
        if (left < 0) {
            throw Problem.in(path, "it unpacks to more than " + Limits.mebibytes(Limits.BUNDLE) + ", the limit", null);
        }
    }
}
