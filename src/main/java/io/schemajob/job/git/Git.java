package io.schemajob.job.git;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code git} in a folder; reads only. */
record Git(Path folder) {
    private static final int PATIENCE_SECONDS = 60;

    /** What it prints; CONFIG unless it ends well. */
    String run(String... arguments) {
        return new String(run(List.of(), arguments), StandardCharsets.UTF_8);
    }

    /** @param input lines for its standard input */
    byte[] run(List<String> input, String... arguments) {
        List<String> line = new ArrayList<>(List.of("git", "-C", folder.toString()));
        line.addAll(List.of(arguments));
        Process process = null;
        try {
            process = new ProcessBuilder(line)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            byte[] output = exchange(process, input);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw failure(
                        "git %s failed in %s.".formatted(String.join(" ", arguments), folder),
                        "The folder must be in a git repository that has the branch; fetch it first, as pipelines fetch one"
                                + " branch only (fetch-depth: 0, GIT_DEPTH: 0).");
            }
            return output;
        } catch (IOException e) {
            throw failure(
                    "git cannot be run here (%s).".formatted(e.getMessage()),
                    "Install git, or leave out --base and --since.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("git was interrupted.", "Run the command again.");
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    /** Writes beside reading: whoever does one after the other waits for ever once a pipe is full. */
    private static byte[] exchange(Process process, List<String> input) throws IOException {
        byte[] lines = String.join("", input.stream().map(text -> text + "\n").toList())
                .getBytes(StandardCharsets.UTF_8);
        Thread writer = new Thread(() -> {
            try (InputStream from = new ByteArrayInputStream(lines);
                    var to = process.getOutputStream()) {
                from.transferTo(to);
            } catch (IOException e) {
                // It has ended early, which its exit code tells.
            }
        });
        writer.setDaemon(true);
        writer.start();
        return process.getInputStream().readAllBytes();
    }

    static SchemajobException failure(String message, String hint) {
        return Failure.of(ExitStatus.CONFIG, "The base branch cannot be read: " + message)
                .databaseState("Not contacted.")
                .hint(hint)
                .asException();
    }
}
