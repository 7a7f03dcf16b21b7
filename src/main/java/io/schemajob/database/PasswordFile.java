package io.schemajob.database;

import io.schemajob.report.ExitStatus;
import io.schemajob.report.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The file that {@code PGPASSFILE} names: lines of {@code host:port:database:user:password}, where {@code *} matches
 * anything and a backslash escapes.
 *
 * <p>The driver's own reader takes the file's name from nowhere but the process environment and ignores a missing file
 * in silence, which an operator would meet as a wrong password.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-pgpass.html">libpq: The Password File</a>
 */
final class PasswordFile {
    private static final int FIELDS = 5;

    private PasswordFile() {}

    /** The password of the first matching line, or null. */
    static String password(String file, HostPort server, String database, String user) {
        List<String> lines;
        try {
            lines = Files.readAllLines(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw Failure.of(ExitStatus.CONFIG, "The password file PGPASSFILE=%s cannot be read.".formatted(file))
                    .databaseState("Not contacted.")
                    .hint("Mount the file, or unset PGPASSFILE.")
                    .asException(e);
        }
        return lines.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(PasswordFile::fields)
                .filter(fields -> fields.size() == FIELDS && matches(fields, server, database, user))
                .map(fields -> fields.get(FIELDS - 1))
                .findFirst()
                .orElse(null);
    }

    private static boolean matches(List<String> fields, HostPort server, String database, String user) {
        return matches(fields.get(0), server.host())
                && matches(fields.get(1), String.valueOf(server.port()))
                && matches(fields.get(2), database)
                && matches(fields.get(3), user);
    }

    private static boolean matches(String pattern, String value) {
        return pattern.equals("*") || pattern.equals(value);
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                field.append(line.charAt(++i));
            } else if (c == ':' && fields.size() < FIELDS - 1) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
