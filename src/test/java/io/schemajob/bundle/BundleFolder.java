package io.schemajob.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes bundles for tests. */
public record BundleFolder(Path path) {
    public BundleFolder with(String file, String content) {
        return with(file, content.getBytes(StandardCharsets.UTF_8));
    }

    public BundleFolder with(String file, byte[] content) {
        try {
            Path target = path.resolve(file);
            Files.createDirectories(target.getParent());
            Files.write(target, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public BundleFolder withLink(String name, String target) throws IOException {
        Files.createDirectories(path.resolve(name).getParent());
        Files.createSymbolicLink(path.resolve(name), Path.of(target));
        return this;
    }

    public Bundle load() {
        return BundleLoader.load(path + "/");
    }
}
