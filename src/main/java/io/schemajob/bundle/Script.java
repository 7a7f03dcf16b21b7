package io.schemajob.bundle;

/**
 * One SQL script.
 *
 * @param file where it stands and what it says
 * @param name the file name alone, as Flyway records it
 * @param checksum Flyway's: CRC32 over the UTF-8 bytes of the lines without their ends, so a Flyway command line
 *     pointed at the same files agrees
 */
public record Script(TextFile file, String name, int checksum) {
    public String path() {
        return file.path();
    }

    public String text() {
        return file.text();
    }
}
