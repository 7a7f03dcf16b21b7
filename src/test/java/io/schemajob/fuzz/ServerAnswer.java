package io.schemajob.fuzz;

import java.nio.ByteBuffer;

/** What a server of PostgreSQL says, read as far as the driver follows it. */
final class ServerAnswer {
    /** Room for it costs no time. */
    private static final int LARGE = 1 << 16;

    private static final int TYPE_AND_LENGTH = 5;

    /** Of a column of a row description, after its name. */
    private static final int COLUMN_FACTS = 18;

    private final ByteBuffer bytes;

    private ServerAnswer(byte[] answer) {
        this.bytes = ByteBuffer.wrap(answer);
    }

    /** The same without lengths for which the driver makes room of gigabytes, which takes it half a second each. */
    static byte[] withoutGiants(byte[] answer) {
        byte[] copy = answer.clone();
        new ServerAnswer(copy).shrink();
        return copy;
    }

    private void shrink() {
        while (bytes.remaining() >= TYPE_AND_LENGTH + 2) {
            byte type = bytes.get();
            int begin = bytes.position();
            int length = length();
            switch (type) {
                // These are read by what is in them, whatever their length says.
                case 'D' -> row();
                case 'T' -> columns();
                case 'S' -> {
                    text();
                    text();
                }
                default -> skip(begin + length - bytes.position());
            }
        }
    }

    private void row() {
        for (int columns = bytes.getShort(); columns > 0 && bytes.remaining() >= Integer.BYTES; columns--) {
            int length = length();
            if (length > 0) {
                skip(length);
            }
        }
    }

    private void columns() {
        for (int columns = bytes.getShort(); columns > 0 && bytes.hasRemaining(); columns--) {
            text();
            skip(COLUMN_FACTS);
        }
    }

    private void text() {
        while (bytes.hasRemaining() && bytes.get() != 0) {
            // Up to its end.
        }
    }

    /** Reads a length, and makes it smaller where it is that of a giant. */
    private int length() {
        int at = bytes.position();
        int length = bytes.getInt();
        if (length >= LARGE) {
            length %= LARGE;
            bytes.putInt(at, length);
        }
        return length;
    }

    private void skip(int count) {
        bytes.position(Math.max(bytes.position(), Math.min(bytes.limit(), bytes.position() + count)));
    }
}
