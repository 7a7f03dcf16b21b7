package io.schemajob.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that is only to be had as Go source, built below {@code target/go} once.
 *
 * @param name of the executable
 * @param version of the module
 * @param source the package of its main function
 * @param tags of the build
 */
record GoProgram(String name, String version, String source, String tags) {
    record Outcome(int exitCode, String output) {}

    private Path folder() {
        return Path.of(System.getProperty("basedir", "."), "target", "go", version)
                .toAbsolutePath()
                .normalize();
    }

    /** Runs it to its end; skips the test where it cannot be built. */
    Outcome run(List<String> arguments) {
        Path binary = build();
        List<String> line = new ArrayList<>(List.of(binary.toString()));
        line.addAll(arguments);
        try {
            return execute(new ProcessBuilder(line));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path build() {
        Path binary = folder().resolve(name);
        synchronized (GoProgram.class) {
            try {
                Files.createDirectories(folder());
                try (FileChannel channel = FileChannel.open(
                                folder().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var lock = channel.lock()) {
                    if (lock.isValid() && !Files.isExecutable(binary)) {
                        install();
                    }
                }
                return binary;
            } catch (IOException e) {
                throw Parts.missing(name + ", which cannot be built (" + e.getMessage() + "),");
            }
        }
    }

    private void install() throws IOException {
        ProcessBuilder go =
                new ProcessBuilder(GoToolchain.program().toString(), "install", "-tags", tags, source + "@" + version);
        go.directory(folder().toFile());
        go.environment().put("GOBIN", folder().toString());
        Outcome outcome = execute(go);
        if (outcome.exitCode != 0) {
            throw new IOException(outcome.output);
        }
    }

    private static Outcome execute(ProcessBuilder builder) throws IOException {
        Path log = Files.createTempFile("go", ".log");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        try {
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(builder.command().get(0) + " did not end within ten minutes");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        String output = Files.readString(log).strip();
        Files.delete(log);
        return new Outcome(process.exitValue(), output);
    }
}
