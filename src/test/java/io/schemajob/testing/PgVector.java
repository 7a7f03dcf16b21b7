package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Lays pgvector into the servers of the tests. No Maven artifact carries it, but a Python package with servers for
 * PostgreSQL 16 and 18 does ({@link PostgresWheel}), and its files go beside the server's own.
 *
 * <p>They stay there for all later runs on this machine. A test that needs a server without pgvector takes another major
 * version.
 */
public final class PgVector {
    /** The major versions that can have it. */
    public static final List<Integer> MAJORS = List.of(16, 18);

    private PgVector() {}

    /** Makes {@code CREATE EXTENSION vector} work on this version's servers, running ones too; skips the test if it cannot. */
    public static void install(int major) {
        Path home = Postgres.home(major);
        // CREATE EXTENSION reads this file first, so it is laid down last.
        Path control = home.resolve("share/postgresql/extension/vector.control");
        try (FileChannel channel = FileChannel.open(
                        home.resolve("pgvector.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var ignored = channel.lock()) {
            if (!Files.exists(control)) {
                unpack(PostgresWheel.path(), PostgresWheel.FOLDERS.get(major), home, control);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unpack(Path wheel, String folder, Path home, Path control) throws IOException {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            for (ZipEntry entry : zip.stream().filter(e -> wanted(e, folder)).toList()) {
                copy(zip, entry, home.resolve(entry.getName().substring(folder.length())));
            }
            copy(zip, zip.getEntry(folder + home.relativize(control)), control);
        }
    }

    private static boolean wanted(ZipEntry entry, String folder) {
        return entry.getName().equals(folder + "lib/postgresql/vector.so")
                || entry.getName().startsWith(folder + "share/postgresql/extension/vector--");
    }

    private static void copy(ZipFile zip, ZipEntry entry, Path target) throws IOException {
        try (var in = zip.getInputStream(entry)) {
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
