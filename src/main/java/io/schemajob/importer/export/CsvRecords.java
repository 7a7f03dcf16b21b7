package io.schemajob.importer.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Reads records of a CSV by their places in the file, one after another or here and there. */
final class CsvRecords implements AutoCloseable {
    private final FileChannel channel;
    private byte[] window;
    private long windowPlace;
    private int windowLength;

    /** Pairs of begin and end of the fields of the current record in the window. */
    private int[] bounds = new int[16];

    private int count;

    /** @param windowBytes that are read at once; more where a record is longer */
    CsvRecords(Path file, int windowBytes) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.window = new byte[windowBytes];
    }

    long size() throws IOException {
        return channel.size();
    }

    /**
     * Reads the record that begins at a place.
     *
     * @return the place of the next one; that of this one if the file ends here
     */
    long read(long place) throws IOException {
        if (place < windowPlace || place >= windowPlace + windowLength) {
            fill(place);
        }
        int end = scan((int) (place - windowPlace));
        while (end < 0) {
            if (place == windowPlace && windowLength == window.length) {
                window = Arrays.copyOf(window, Math.multiplyExact(window.length, 2));
            }
            fill(place);
            end = scan(0);
            if (end < 0 && windowLength < window.length) {
                // The last record, without a line break.
                end = windowLength;
                if (end > 0) {
                    field(end);
                }
            }
        }
        return windowPlace + end;
    }

    private void fill(long place) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(window);
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
            read = channel.read(buffer, place + buffer.position());
        }
        windowPlace = place;
        windowLength = buffer.position();
    }

    /** Finds the fields of a record; returns where the next one begins, or -1 if this one does not end in the window. */
    private int scan(int from) {
        count = 0;
        if (from < windowLength) {
            bounds[0] = from;
        }
        boolean quoted = false;
        for (int i = from; i < windowLength; i++) {
            byte c = window[i];
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                field(i);
                if (c == '\n') {
                    return i + 1;
                }
                bounds[2 * count] = i + 1;
            }
        }
        return -1;
    }

    private void field(int end) {
        bounds[2 * count + 1] = end;
        count++;
        if (2 * count + 1 >= bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
    }

    /** Fields of the record that was read last. */
    int fields() {
        return count;
    }

    /** A field of it, without its quotes. */
    byte[] bytes(int field) {
        int from = bounds[2 * field];
        int to = bounds[2 * field + 1];
        if (from == to || window[from] != '"') {
            return Arrays.copyOfRange(window, from, to);
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream(to - from);
        for (int i = from + 1; i < to - 1; i++) {
            plain.write(window[i]);
            if (window[i] == '"') {
                i++;
            }
        }
        return plain.toByteArray();
    }

    String text(int field) {
        return new String(bytes(field), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
