package io.schemajob.bundle.script;

import io.schemajob.bundle.source.TextFile;
import java.nio.charset.StandardCharsets;

/**
 * One SQL script.
 *
 * @param file where it stands and what it says
 * @param name the file name alone, as Flyway records it
 * @param checksum Flyway's: CRC32 over the UTF-8 bytes of the lines without their ends, so a Flyway command line
 *     pointed at the same files agrees
 */
public record Script(TextFile file, String name, int checksum) {
    /** Names and checksums a script from its text. */
    public static Script of(TextFile file) {
        byte[] utf8 = file.text().getBytes(StandardCharsets.UTF_8);
        return of(file, FlywayChecksum.of(utf8, 0));
    }

    public static Script of(TextFile file, int checksum) {
        return new Script(file, file.path().substring(file.path().lastIndexOf('/') + 1), checksum);
    }

    public String path() {
        return file.path();
    }

    public String text() {
        return file.text();
    }
}
