package io.schemajob.database.libpq;

import io.schemajob.database.tls.FileModes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * libpq's password file: lines of {@code host:port:database:user:password}, where {@code *} matches anything and a
 * backslash escapes.
 *
 * <p>The driver's own reader takes the file's name from nowhere but the process environment and ignores a missing file
 * in silence, which an operator would meet as a wrong password.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-pgpass.html">libpq: The Password File</a>
 */
final class PasswordFile {
    private static final int KEYS = 4;

    private static final Pattern FIELD = Pattern.compile("((?:[^:\\\\]|\\\\.?)*+)(:|$)", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    private record Line(List<String> keys, String password) {}

    private final Path file;
    private final String ignored;
    private final List<Line> lines;

    private PasswordFile(Path file, String ignored, List<Line> lines) {
        this.file = file;
        this.ignored = ignored;
        this.lines = lines;
    }

    /** Reads a file that is there; one that others may read is ignored, as libpq does. */
    static PasswordFile read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return new PasswordFile(file, "it is not a regular file", List.of());
            }
            if (!FileModes.isPrivate(file)) {
                return new PasswordFile(
                        file,
                        "others may read it: libpq wants mode 0600, and a mounted secret defaultMode 0440",
                        List.of());
            }
            return new PasswordFile(
                    file,
                    null,
                    Files.readAllLines(file).stream()
                            .filter(line -> !line.startsWith("#"))
                            .map(PasswordFile::line)
                            .filter(line -> line != null)
                            .toList());
        } catch (IOException e) {
            throw ConfigFailure.of(
                    "The password file %s cannot be read.".formatted(file), "Mount a file that this user may read.", e);
        }
    }

    /** Why the file is not looked into; null if it is. */
    String ignored() {
        return ignored == null ? null : "The password file %s is ignored: %s.".formatted(file, ignored);
    }

    /** The password of the first matching line, or null. */
    String password(String host, int port, String database, String user) {
        List<String> wanted = List.of(host, String.valueOf(port), database, user);
        for (Line line : lines) {
            if (matches(line.keys(), wanted)) {
                return line.password();
            }
        }
        return null;
    }

    private static boolean matches(List<String> patterns, List<String> values) {
        for (int i = 0; i < KEYS; i++) {
            if (!patterns.get(i).equals("*") && !unescaped(patterns.get(i)).equals(values.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Line line(String text) {
        List<String> keys = new ArrayList<>();
        Matcher field = FIELD.matcher(text);
        int end = 0;
        while (keys.size() < KEYS) {
            if (!field.find(end) || field.group(2).isEmpty()) {
                return null;
            }
            keys.add(field.group(1));
            end = field.end();
        }
        return new Line(keys, unescaped(text.substring(end)));
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll("$1");
    }
}
