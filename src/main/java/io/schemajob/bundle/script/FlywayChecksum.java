package io.schemajob.bundle.script;

import java.util.zip.CRC32;

/**
 * The checksum that Flyway stores for a script: CRC32 over its lines in UTF-8, without their ends. That is the same as
 * leaving every carriage return and line feed out, so no line has to be decoded.
 */
public final class FlywayChecksum {
    private FlywayChecksum() {}

    /** @param from where the text begins: behind a byte order mark, which does not count */
    public static int of(byte[] utf8, int from) {
        CRC32 crc = new CRC32();
        int start = from;
        for (int i = from; i < utf8.length; i++) {
            if (utf8[i] == '\n' || utf8[i] == '\r') {
                crc.update(utf8, start, i - start);
                start = i + 1;
            }
        }
        crc.update(utf8, start, utf8.length - start);
        return (int) crc.getValue();
    }
}
