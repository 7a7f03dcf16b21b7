package io.schemajob.cli;

import io.schemajob.cli.process.Streams;
import io.schemajob.cli.process.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A command line that was run in the JVM of the test, from its first word to its exit code; only the process around it,
 * and Quarkus, are missing.
 */
public record CommandRun(int exitCode, String out, String err) {

    /** Runs to the end, without a terminal; a run that takes longer than this fails the test. */
    public static CommandRun of(Map<String, String> environment, List<String> arguments, Duration longest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams = new Streams(stream(out), stream(err));
        Surroundings surroundings = new Surroundings(Map.copyOf(environment), streams, false, Integer.MAX_VALUE, false);
        int code = CompletableFuture.supplyAsync(
                        () -> CommandLines.execute(surroundings, arguments),
                        command -> new Thread(command, "main").start())
                .orTimeout(longest.toSeconds(), TimeUnit.SECONDS)
                .join();
        streams.out().flush();
        streams.err().flush();
        return new CommandRun(code, text(out), text(err));
    }

    private static PrintStream stream(ByteArrayOutputStream to) {
        return new PrintStream(to, false, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
