package io.schemajob.kubernetes;

import io.schemajob.testing.Parts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of Kubernetes' world that {@code .ci/tools} has built, with its output and its complaints apart. */
record Tool(Path program) {
    private static final Path SETTINGS = Path.of("target", "helm-home").toAbsolutePath();
    private static final long LONGEST_RUN_SECONDS = 120;

    /** Ends the calling test if it is not there. */
    static Tool of(String name) {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        Path program = base.resolve("schemajob/tools").resolve(name);
        if (!Files.isExecutable(program)) {
            throw Parts.missing(program + ", which .ci/tools builds with Go,");
        }
        return new Tool(program);
    }

    /**
     * How it ended.
     *
     * @param out standard output
     * @param error standard error
     */
    record Result(int exitCode, String out, String error) {
        Result succeeded() {
            if (exitCode != 0) {
                throw new AssertionError("ended with " + exitCode + ":\n" + error + out);
            }
            return this;
        }
    }

    Result run(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(program.toString()));
        line.addAll(arguments);
        try {
            Path out = Files.createTempFile("tool", ".out");
            Path error = Files.createTempFile("tool", ".err");
            ProcessBuilder builder = new ProcessBuilder(line)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(error.toFile());
            // Nothing of the user's: no repositories, no plugins, no cluster.
            builder.environment()
                    .put("HELM_CACHE_HOME", SETTINGS.resolve("cache").toString());
            builder.environment()
                    .put("HELM_CONFIG_HOME", SETTINGS.resolve("config").toString());
            builder.environment().put("HELM_DATA_HOME", SETTINGS.resolve("data").toString());
            builder.environment().put("KUBECONFIG", "/dev/null");
            Process process = builder.start();
            if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end: " + line);
            }
            Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(error));
            Files.delete(out);
            Files.delete(error);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
