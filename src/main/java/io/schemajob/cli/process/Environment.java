package io.schemajob.cli.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The process environment, decoded as UTF-8.
 *
 * <p>{@code System.getenv} decodes with the locale's charset, and containers have none: every letter of a password
 * beyond ASCII would arrive as a replacement character.
 */
public final class Environment {
    private static final Path LINUX = Path.of("/proc/self/environ");

    private Environment() {}

    public static Map<String, String> read() {
        try {
            return parse(new String(Files.readAllBytes(LINUX), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return System.getenv();
        }
    }

    /** Parses {@code NAME=value} entries, each ended by NUL. */
    public static Map<String, String> parse(String entries) {
        Map<String, String> variables = new HashMap<>();
        for (String entry : entries.split("\0")) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                variables.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return variables;
    }
}
