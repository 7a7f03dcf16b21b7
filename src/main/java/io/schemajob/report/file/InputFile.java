package io.schemajob.report.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that somebody names for us to read, of a size that fits in memory. A pipe may be meant, as a shell makes one
 * for {@code <(command)}, so it is read; but nobody waits for ever for one that nothing is written to.
 */
public final class InputFile {
    private static final int PATIENCE_SECONDS = 10;

    private InputFile() {}

    /**
     * Reads all of it.
     *
     * @param limit in bytes
     * @throws IOException also when it is larger than the limit, or a pipe to which nothing comes
     */
    public static byte[] read(Path file, int limit) throws IOException {
        byte[] content = Files.isRegularFile(file)
                ? readNow(file, limit)
                : Bounded.run("reading " + file, PATIENCE_SECONDS, () -> readNow(file, limit));
        if (content.length > limit) {
            throw new FileSystemException(file.toString(), null, "has more than " + limit + " bytes, the limit");
        }
        return content;
    }

    private static byte[] readNow(Path file, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(limit + 1);
        }
    }
}
