package io.schemajob.bundle.source;

import io.schemajob.report.failure.SchemajobException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A bundle in a folder, which in Kubernetes is a farm of links: {@code 001.up.sql} points to {@code ..data/001.up.sql},
 * and {@code ..data} to the folder of the newest version. Links are followed as long as they stay inside the folder.
 */
public final class FolderSource implements BundleSource {
    private final Path folder;
    private final Path root;
    private final Map<String, Path> folders = new HashMap<>();

    public FolderSource(Path folder) {
        this.folder = folder;
        try {
            this.root = folder.toRealPath();
        } catch (IOException e) {
            throw unreadable(folder.toString(), e);
        }
    }

    /** The folder itself, links resolved. */
    public Path root() {
        return root;
    }

    @Override
    public String name() {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        return last == null ? "bundle" : last.toString();
    }

    @Override
    public String origin() {
        return folder.toString();
    }

    @Override
    public Collection<String> paths() {
        List<String> paths = new ArrayList<>(list(""));
        for (String subfolder : Layout.FOLDERS) {
            if (Files.isDirectory(root.resolve(subfolder))) {
                paths.add(subfolder);
                paths.addAll(list(subfolder));
            }
        }
        for (String path : List.copyOf(paths)) {
            if (path.startsWith(Layout.MIGRATIONS) && !path.endsWith(".sql") && isReadableFolder(path)) {
                paths.addAll(list(path + "/"));
            }
        }
        return paths;
    }

    @Override
    public void read(Set<String> paths, Receiver receiver) {
        Limits limits = new Limits();
        for (String path : paths) {
            try {
                receiver.accept(path, read(path, limits));
            } catch (IOException e) {
                throw unreadable(path, e);
            }
        }
    }

    /** Looks before it opens: opening a pipe would wait for ever. */
    private byte[] read(String path, Limits limits) throws IOException {
        Path file = known(path);
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            file = inside(path);
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        }
        if (!attributes.isRegularFile()) {
            throw Problem.in(path, "not a regular file", null);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return limits.read(path, attributes.size(), in);
        }
    }

    /** The file in its folder, whose links are resolved once: thousands of scripts are in few folders. */
    private Path known(String path) {
        int slash = path.lastIndexOf('/');
        return folders.computeIfAbsent(path.substring(0, Math.max(0, slash)), this::inside)
                .resolve(path.substring(slash + 1));
    }

    private List<String> list(String subfolder) {
        List<String> paths = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(inside(subfolder))) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                FileNames.require(name);
                if (!name.startsWith(".")) {
                    paths.add(subfolder + name);
                }
            }
            return paths;
        } catch (IOException e) {
            throw unreadable(subfolder.isEmpty() ? folder.toString() : subfolder, e);
        }
    }

    /** A volume's {@code lost+found} is for root alone, and nobody means it. */
    private boolean isReadableFolder(String path) {
        Path entry = root.resolve(path);
        return !path.endsWith("/") && Files.isDirectory(entry) && Files.isReadable(entry);
    }

    private Path inside(String path) {
        try {
            Path real = root.resolve(path).toRealPath();
            if (!real.startsWith(root)) {
                throw Problem.in(
                        path, "a link that leads out of the bundle, to " + real, "Copy the file into the bundle.");
            }
            return real;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    static SchemajobException unreadable(String path, IOException e) {
        if (e instanceof AccessDeniedException) {
            return Problem.in(
                    path,
                    "permission denied",
                    "Make it readable for the user of this process; in Kubernetes see fsGroup and defaultMode.",
                    e);
        } else if (e instanceof NoSuchFileException) {
            return Problem.in(path, "the file that this name stands for does not exist", null, e);
        }
        return Problem.in(path, "cannot be read: " + e.getMessage(), null, e);
    }
}
