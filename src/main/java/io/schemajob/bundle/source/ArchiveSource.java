package io.schemajob.bundle.source;

import io.schemajob.report.failure.SchemajobException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * A bundle in a {@code .tar.gz}. Nothing is ever unpacked to disk, and no entry is trusted: size and count are bounded,
 * and names that leave the bundle, links, devices and duplicates are refused, whether they would be read or not.
 *
 * <p>The file is read twice, first for the names alone, so that only the files that count are held in memory.
 */
public final class ArchiveSource implements BundleSource {
    /** Type flags of plain files: POSIX, before POSIX, and contiguous. */
    private static final String REGULAR = "0\0" + (char) TarConstants.LF_CONTIG;

    private final Path file;
    private String topFolder = "";

    public ArchiveSource(Path file) {
        this.file = file;
    }

    @Override
    public String name() {
        return file.getFileName().toString().replaceAll("\\.(tar\\.gz|tgz)$", "");
    }

    @Override
    public String origin() {
        return file.toString();
    }

    @Override
    public Collection<String> paths() {
        List<String> paths = new ArrayList<>();
        walk((path, entry, in) -> {
            if (!path.isEmpty() && !path.startsWith(".") && !path.contains("/.")) {
                paths.add(entry.isDirectory() ? path + "/" : path);
            }
        });
        topFolder = commonFolder(paths);
        return paths.stream()
                .map(path -> path.substring(topFolder.length()))
                .filter(path -> !path.isEmpty())
                .toList();
    }

    @Override
    public void read(Set<String> paths, Receiver receiver) {
        Limits limits = new Limits();
        walk((entryPath, entry, in) -> {
            String path = entryPath.startsWith(topFolder) ? entryPath.substring(topFolder.length()) : entryPath;
            if (paths.contains(path) && !entry.isDirectory()) {
                receiver.accept(path, limits.read(path, entry.getSize(), in));
            }
        });
    }

    private interface Visitor {
        void visit(String path, TarArchiveEntry entry, InputStream in) throws IOException;
    }

    private void walk(Visitor visitor) {
        Set<String> seen = new HashSet<>();
        int entries = 0;
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                InputStream unzipped = new BoundedStream(origin(), new GzipCompressorInputStream(raw, true));
                TarArchiveInputStream tar = new TarArchiveInputStream(unzipped, "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (++entries > Limits.ENTRIES) {
                    throw Problem.in(file.toString(), "more than " + Limits.ENTRIES + " entries, the limit", null);
                }
                String path = checked(entry);
                if (!entry.isDirectory() && !seen.add(path)) {
                    throw Problem.in(path, "is in the archive twice", null);
                }
                visitor.visit(path, entry, tar);
            }
            // The checksum at the end of the stream is only looked at when it is read to its end.
            unzipped.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private SchemajobException unreadable(IOException e) {
        if (e instanceof FileSystemException) {
            return FolderSource.unreadable(origin(), e);
        }
        String reason = e.getMessage() == null ? "it ends too early" : e.getMessage();
        return Problem.in(origin(), "not a sound .tar.gz: " + reason, "Build the archive again.", e);
    }

    /** The name without {@code ./} and doubled slashes; refuses what could reach out of the bundle. */
    private static String checked(TarArchiveEntry entry) {
        String name = entry.getName();
        if (name.startsWith("/")) {
            throw Problem.in(name, "the archive holds an absolute path", null);
        }
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/")) {
            if (part.equals("..")) {
                throw Problem.in(name, "the archive holds a path that leads out of it", null);
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        if (entry.isSparse() || REGULAR.indexOf(entry.getLinkFlag()) < 0 && !entry.isDirectory()) {
            throw Problem.in(
                    name,
                    "the archive holds something else than files and folders (a link or a device)",
                    "Build it with tar's option --dereference.");
        }
        String path = String.join("/", parts);
        if (path.endsWith(".sql")) {
            Limits.checkSize(path, entry.getSize());
        }
        return path;
    }

    /** The one folder that holds everything, as archives of a folder have it; but {@code migrations/} is none. */
    private static String commonFolder(List<String> paths) {
        Set<String> tops = new HashSet<>();
        paths.forEach(path -> tops.add(path.substring(0, path.indexOf('/') + 1)));
        String top = tops.size() == 1 ? tops.iterator().next() : "";
        return Layout.FOLDERS.contains(top) ? "" : top;
    }
}
