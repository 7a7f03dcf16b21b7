package io.schemajob.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Python packages below {@code target/}, installed once by pip and used by every test from then on. */
public final class PythonPackages {
    private static final Path TARGET = Path.of(System.getProperty("basedir", "."), "target")
            .toAbsolutePath()
            .normalize();

    private final Path folder;

    private PythonPackages(Path folder) {
        this.folder = folder;
    }

    /**
     * Installs what is not there yet. Safe between threads and processes.
     *
     * @param name of the folder below {@code target/}
     * @param packages as pip takes them, with their versions
     */
    public static synchronized PythonPackages install(String name, String... packages) {
        Path folder = TARGET.resolve(name);
        try {
            Files.createDirectories(TARGET);
            try (FileChannel channel = FileChannel.open(
                            TARGET.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var ignored = channel.lock()) {
                if (!Files.isDirectory(folder)) {
                    // Under another name first: an installation that breaks off is never taken for a whole one.
                    Path fresh = Files.createTempDirectory(TARGET, name + "-");
                    List<String> pip = new ArrayList<>(
                            List.of("python3", "-m", "pip", "install", "--quiet", "--target", fresh.toString()));
                    pip.addAll(List.of(packages));
                    run(new ProcessBuilder(pip), 300);
                    Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            return new PythonPackages(folder);
        } catch (IOException e) {
            throw Parts.missing(String.join(", ", packages) + " (" + e.getMessage() + ")");
        }
    }

    /** Runs a program with the packages; returns what it printed. A program that fails is an AssertionError. */
    public String run(String program, Map<String, String> environment) {
        ProcessBuilder python = new ProcessBuilder("python3", "-c", program);
        python.environment().putAll(environment);
        python.environment().put("PYTHONPATH", folder.toString());
        python.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        try {
            return run(python, 60);
        } catch (IOException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private static String run(ProcessBuilder builder, long seconds) throws IOException {
        Path output = Files.createTempFile("python", ".log");
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(builder.command().get(0) + " did not end within " + seconds + " s");
            }
            String text = Files.readString(output, StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0) {
                throw new IOException(text);
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(output);
        }
    }
}
