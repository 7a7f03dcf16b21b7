package io.schemajob.bundle.script;

import io.schemajob.bundle.source.TextFile;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One SQL script.
 *
 * @param file where it stands and what it says; where a file holds both directions, all but this one's is blanked out, so
 *     that lines and positions are those of the file
 * @param name the file name alone, as Flyway records it
 * @param checksum Flyway's: CRC32 over the UTF-8 bytes of the lines without their ends, so a Flyway command line
 *     pointed at the same files agrees; always of the whole file
 * @param section null for a file of one direction
 * @param unset variables without a value; they concern only a script that is to run
 */
public record Script(TextFile file, String name, int checksum, Section section, List<Section.Refusal> unset) {
    public Script(TextFile file, String name, int checksum, Section section) {
        this(file, name, checksum, section, List.of());
    }

    public Script(TextFile file, String name, int checksum) {
        this(file, name, checksum, null);
    }

    /** Names and checksums a script from its text. */
    public static Script of(TextFile file) {
        byte[] utf8 = file.text().getBytes(StandardCharsets.UTF_8);
        return of(file, FlywayChecksum.of(utf8, 0));
    }

    public static Script of(TextFile file, int checksum) {
        return new Script(file, file.path().substring(file.path().lastIndexOf('/') + 1), checksum);
    }

    /** The same script with values in its text: what is recorded of it stays that of the file. */
    public Script with(TextFile text, List<Section.Refusal> withoutValue) {
        return new Script(text, name, checksum, section, List.copyOf(withoutValue));
    }

    public String path() {
        return file.path();
    }

    public String text() {
        return file.text();
    }
}
