package io.schemajob.database.libpq;

import io.schemajob.database.tls.FileModes;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
    private static final Pattern END = Pattern.compile("(?<![\\r\\n])[\\r\\n]++$");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    /** @param cut whether something follows the password, behind a colon */
    private record Line(int number, List<String> keys, String password, boolean cut) {}

    private final Path file;
    private final Consumer<String> warnings;
    private final List<Line> lines;

    private PasswordFile(Path file, Consumer<String> warnings, List<Line> lines) {
        this.file = file;
        this.warnings = warnings;
        this.lines = lines;
    }

    /**
     * Reads a file that is there; one that others may read is ignored, as libpq does.
     *
     * @param warnings takes sentences for the log
     */
    static PasswordFile read(Path file, Consumer<String> warnings) {
        String ignored = null;
        try {
            if (!Files.isRegularFile(file)) {
                ignored = "it is not a regular file";
            } else if (!FileModes.isPrivate(file)) {
                ignored = "others may read it: libpq wants mode 0600, and a mounted secret defaultMode 0440";
            } else {
                return new PasswordFile(file, warnings, lines(Files.readString(file)));
            }
        } catch (CharacterCodingException e) {
            throw ConfigFailure.of("The password file %s is not UTF-8.".formatted(file), "Write it in UTF-8.", e);
        } catch (IOException e) {
            throw ConfigFailure.of(
                    "The password file %s cannot be read.".formatted(file), "Mount a file that this user may read.", e);
        }
        warnings.accept("The password file %s is ignored: %s.".formatted(file, ignored));
        return new PasswordFile(file, warnings, List.of());
    }

    /** The password of the first matching line; null for none or an empty one. */
    String password(String host, int port, String database, String user) {
        List<String> wanted = List.of(host, String.valueOf(port), database, user);
        for (Line line : lines) {
            if (matches(line.keys(), wanted)) {
                if (line.cut()) {
                    warnings.accept(
                            "The password in line %d of %s ends at its first colon, as libpq reads it; a colon in it is written \\:"
                                    .formatted(line.number(), file));
                }
                return line.password().isEmpty() ? null : line.password();
            }
        }
        return null;
    }

    private static List<Line> lines(String content) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String text : content.split("\n", -1)) {
            number++;
            Line line =
                    text.startsWith("#") ? null : line(number, END.matcher(text).replaceAll(""));
            if (line != null) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static boolean matches(List<String> patterns, List<String> values) {
        for (int i = 0; i < KEYS; i++) {
            if (!patterns.get(i).equals("*") && !unescaped(patterns.get(i)).equals(values.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Line line(int number, String text) {
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
        // What stands behind another colon is no part of the password to libpq.
        field.find(end);
        return new Line(number, keys, unescaped(field.group(1)), !field.group(2).isEmpty());
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll("$1");
    }
}
