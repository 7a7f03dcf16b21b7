package io.schemajob.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Python packages of other tools that tests run for real, installed below {@code target/python} once. */
public final class PythonPackages {
    private static final Path TARGET =
            Path.of(System.getProperty("basedir", "."), "target", "python").toAbsolutePath();

    private PythonPackages() {}

    /**
     * The folder for {@code PYTHONPATH}. Safe between processes.
     *
     * @param name of the set, which has to change when its versions do
     * @param requirements as {@code pip install} takes them
     */
    public static synchronized Path install(String name, String... requirements) {
        Path folder = TARGET.resolve(name);
        if (Files.exists(folder)) {
            return folder;
        }
        try {
            Files.createDirectories(TARGET);
            try (FileChannel channel = FileChannel.open(
                            TARGET.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(folder)) {
                    pip(folder, requirements);
                }
            }
            return folder;
        } catch (IOException e) {
            throw Parts.missing("The Python package " + name + ", which cannot be installed (" + e.getMessage() + "),");
        }
    }

    /** Into another folder first, so that an installation that breaks off is never taken for a whole one. */
    private static void pip(Path folder, String... requirements) throws IOException {
        Path fresh = Files.createTempDirectory(TARGET, "new-");
        List<String> command = new ArrayList<>(
                List.of("python3", "-m", "pip", "install", "--quiet", "--no-input", "--target", fresh.toString()));
        command.addAll(List.of(requirements));
        run(command, "");
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Runs a Python script with these packages and returns its output; fails if it does. */
    public static String script(Path packages, String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("python3", "-c", script));
        command.addAll(List.of(arguments));
        return run(command, packages.toString());
    }

    private static String run(List<String> command, String pythonPath) throws IOException {
        Path log = Files.createTempFile("python", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("PYTHONPATH", pythonPath);
        Process process = builder.start();
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(command.get(2) + " did not end within five minutes");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        String output = Files.readString(log);
        Files.delete(log);
        if (process.exitValue() != 0) {
            throw new IOException(output.strip());
        }
        return output;
    }
}
