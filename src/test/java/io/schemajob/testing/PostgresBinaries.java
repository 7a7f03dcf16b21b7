package io.schemajob.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Unpacks the server archives that the build copies to {@code target/postgres}, once a machine and major version.
 *
 * <p>They go to the temporary folder and not to {@code target}, because a server started by root runs as another user,
 * who may not be allowed into the checkout.
 */
final class PostgresBinaries {
    private static final Path ARCHIVES = Path.of(System.getProperty("schemajob.postgres", "target/postgres"));

    private PostgresBinaries() {}

    /** The folder that has {@code bin}, {@code lib} and {@code share}. */
    static Path home(int major) throws IOException {
        Path archive = ARCHIVES.resolve("postgres-" + major + ".jar");
        if (!Files.exists(archive)) {
            throw Parts.missing("PostgreSQL " + major + " (" + archive + ", made by mvn generate-test-resources)");
        }
        Path folder = Files.createDirectories(temporaryFolder());
        Path home = folder.resolve(major + "-" + Files.size(archive));
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var ignored = channel.lock()) {
            if (!Files.exists(home)) {
                Path fresh = Files.createTempDirectory(folder, "unpack");
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
                unpack(archive, fresh);
                Files.move(fresh, home);
            }
        }
        return home;
    }

    static Path temporaryFolder() {
        return Path.of(System.getProperty("java.io.tmpdir"), "schemajob-postgres-" + System.getProperty("user.name"));
    }

    private static void unpack(Path archive, Path target) throws IOException {
        try (ZipInputStream jar = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                if (entry.getName().endsWith(".txz")) {
                    unpackTar(jar, target);
                    return;
                }
            }
        }
        throw new IOException("no server in " + archive);
    }

    private static void unpackTar(InputStream in, Path target) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(in));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path path = target.resolve(entry.getName()).normalize();
            if (entry.isDirectory()) {
                Files.createDirectories(path);
            } else {
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    boolean executable = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }
}
