package io.schemajob.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A built-in bundle as a folder of one's own, to be changed: new scripts, nothing declared. */
public final class BundleFolder {
    private BundleFolder() {}

    /** Copies the bundle into a new folder below {@code target/}. */
    public static Path copyOf(String bundle) throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/scripts")), "b");
        TemporaryFolders.copy(Path.of("src/main/resources/bundles", bundle), folder);
        return folder;
    }
}
