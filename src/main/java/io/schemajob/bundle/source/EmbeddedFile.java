package io.schemajob.bundle.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A file inside the executable: {@code quarkus.native.resources.includes} names the folders that it may be in. */
public final class EmbeddedFile {
    private EmbeddedFile() {}

    /** @param path from the root of the class path, such as {@code /docs/page.css} */
    public static byte[] read(String path) {
        try (InputStream in = EmbeddedFile.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the executable lacks its resource " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
