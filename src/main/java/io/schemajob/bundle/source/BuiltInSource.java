package io.schemajob.bundle.source;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A bundle inside the executable. An index names its files, as a class path cannot be listed in a native executable.
 */
public final class BuiltInSource implements BundleSource {
    private static final String ROOT = "/bundles/";

    private final String name;

    public BuiltInSource(String name) {
        this.name = name;
    }

    /** In alphabetical order. */
    public static List<String> names() {
        return index().stream()
                .map(path -> path.substring(0, path.indexOf('/')))
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String origin() {
        return "built in";
    }

    @Override
    public Collection<String> paths() {
        return index().stream()
                .filter(path -> path.startsWith(name + "/"))
                .map(path -> path.substring(name.length() + 1))
                .toList();
    }

    @Override
    public void read(Set<String> paths, Receiver receiver) {
        paths.forEach(path -> receiver.accept(path, resource(name + "/" + path)));
    }

    private static List<String> index() {
        return new String(resource("index.txt"), StandardCharsets.UTF_8).lines().toList();
    }

    private static byte[] resource(String path) {
        return EmbeddedFile.read(ROOT + path);
    }
}
