package io.schemajob.bundle.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Bounds on what a bundle may hold, in bytes, so that a wrong path ends in a sentence and not in a full memory. */
final class Limits {
    static final long FILE = 100L << 20;
    static final long BUNDLE = 256L << 20;
    static final int ENTRIES = 20_000;

    private long total;

    /** Reads a file whose size is known beforehand, and which may have grown since; in memory it is there once. */
    byte[] read(String path, long size, InputStream in) throws IOException {
        checkSize(path, size);
        byte[] content = new byte[(int) size];
        int length = in.readNBytes(content, 0, content.length);
        if (length < size) {
            content = Arrays.copyOf(content, length);
        } else {
            content = withWhatCameLate(content, in);
        }
        checkSize(path, content.length);
        total += content.length;
        if (total > BUNDLE) {
            throw Problem.in(
                    path,
                    "with this file the bundle has more than " + mebibytes(BUNDLE) + " of text, the limit",
                    "Load bulk data outside of migrations.");
        }
        return content;
    }

    private static byte[] withWhatCameLate(byte[] content, InputStream in) throws IOException {
        // One byte first: asking for many makes a buffer for them, which is larger than most scripts.
        int next = in.read();
        if (next < 0) {
            return content;
        }
        byte[] rest = in.readNBytes((int) (FILE - content.length));
        byte[] whole = Arrays.copyOf(content, content.length + 1 + rest.length);
        whole[content.length] = (byte) next;
        System.arraycopy(rest, 0, whole, content.length + 1, rest.length);
        return whole;
    }

    static void checkSize(String path, long size) {
        if (size > FILE) {
            throw Problem.in(
                    path,
                    "the file has " + mebibytes(size) + ", the limit is " + mebibytes(FILE),
                    "Split the script, or load bulk data outside of migrations.");
        }
    }

    /** Rounded up, so that nothing above a limit looks equal to it. */
    static String mebibytes(long bytes) {
        return ((bytes + (1L << 20) - 1) >> 20) + " MiB";
    }
}
