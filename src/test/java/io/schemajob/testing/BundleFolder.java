package io.schemajob.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A built-in bundle as a folder of one's own, to be changed: new scripts, nothing declared. */
public final class BundleFolder {
    private BundleFolder() {}

    /** Copies the bundle into a new folder below {@code target/}. */
    public static Path copyOf(String bundle) throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/scripts")), "b");
        Path source = Path.of("src/main/resources/bundles", bundle);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(source.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return folder;
    }
}
