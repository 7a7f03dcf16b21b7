package io.schemajob.bundle.source;

import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.file.InputFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file of a bundle, decoded.
 *
 * @param path relative to the bundle's folder, with forward slashes; of other files as it was given
 * @param text its content, without a byte order mark
 */
public record TextFile(String path, String text) {

    /**
     * Reads a file that is no part of a bundle.
     *
     * @throws SchemajobException CONFIG when it cannot be read or is not UTF-8
     */
    public static TextFile read(Path file) {
        try {
            return new TextFile(file.toString(), Utf8.decode(file.toString(), InputFile.read(file, (int) Limits.FILE)));
        } catch (NoSuchFileException e) {
            throw Problem.in(file.toString(), "there is no such file", "Name a file that is there.", e);
        } catch (IOException e) {
            throw FolderSource.unreadable(file.toString(), e);
        }
    }
}
