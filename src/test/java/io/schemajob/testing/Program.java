package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A program other than ours as a process, with exactly the environment that a test gives it and nothing on its input. */
public final class Program {
    private static final Duration LONGEST_RUN = Duration.ofMinutes(5);

    private List<String> line;
    private final Map<String, String> environment = new HashMap<>();
    private Path folder;

    private Program(List<String> line) {
        this.line = line;
    }

    public static Program of(String... line) {
        return new Program(List.of(line));
    }

    public static Program of(List<String> line) {
        return new Program(List.copyOf(line));
    }

    /** Another program in the same environment. */
    public Program line(String... words) {
        line = List.of(words);
        return this;
    }

    public Program env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public Program env(Map<String, String> values) {
        environment.putAll(values);
        return this;
    }

    public Program without(String name) {
        environment.remove(name);
        return this;
    }

    /** The folder it starts in. */
    public Program in(Path directory) {
        folder = directory;
        return this;
    }

    /** Runs to the end. */
    public Result run() {
        return start().await();
    }

    /** Starts and returns at once. */
    public Running start() {
        try {
            Path output = Files.createTempFile("program", ".log");
            output.toFile().deleteOnExit();
            ProcessBuilder builder = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            if (folder != null) {
                builder.directory(folder.toFile());
            }
            return new Running(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How it ended.
     *
     * @param text standard output and standard error, as they came
     */
    public record Result(int exitCode, String text) {}

    /**
     * A process that may still run.
     *
     * @param output the file with all that it has printed
     */
    public record Running(Process process, Path output) {
        public String text() {
            try {
                return Files.readString(output);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public Running awaitText(String words) {
            long end = System.nanoTime() + LONGEST_RUN.toNanos();
            while (!text().contains(words)) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new AssertionError("\"" + words + "\" was never printed:\n" + text());
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            return this;
        }

        /** SIGTERM to this process alone, as Kubernetes sends it. */
        public Running terminate() {
            process.toHandle().destroy();
            return this;
        }

        public Result await() {
            try {
                if (!process.waitFor(LONGEST_RUN.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("It did not end within " + LONGEST_RUN + ":\n" + text());
                }
                return new Result(process.exitValue(), text());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
