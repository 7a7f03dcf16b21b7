package io.schemajob.report.text;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Which names PostgreSQL takes as they are. It cuts one that is too long, and then works on another object than the one
 * that was named.
 *
 * @see <a href="https://www.postgresql.org/docs/current/limits.html">PostgreSQL: Limits</a>
 */
public final class PostgresName {
    /** NAMEDATALEN without the final zero. */
    public static final int LONGEST_BYTES = 63;

    private PostgresName() {}

    /** What is wrong with the name of a table, role or database, to follow the name of the setting; empty if nothing is. */
    public static Optional<String> problem(String name) {
        if (name.isBlank()) {
            return Optional.of("is empty");
        }
        if (name.indexOf('\0') >= 0) {
            return Optional.of("holds a NUL character, which PostgreSQL refuses");
        }
        if (Blanks.around(name)) {
            return Optional.of("is \"%s\": it has %s".formatted(Blanks.shown(name), Blanks.describeEnds(name)));
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return bytes <= LONGEST_BYTES
                ? Optional.empty()
                : Optional.of(
                        "is \"%s\": it has %d bytes, and PostgreSQL cuts names after %d, which would be another name"
                                .formatted(Blanks.shown(name), bytes, LONGEST_BYTES));
    }

    /** The same for a schema. */
    public static Optional<String> schemaProblem(String name) {
        if (name.equals("$user")) {
            return Optional.of("is \"$user\": in a search path PostgreSQL takes that for the name of the user");
        }
        return name.startsWith("pg_") || name.equals("information_schema")
                ? Optional.of("is \"%s\": PostgreSQL keeps that name for itself".formatted(name))
                : problem(name);
    }

    /** The same for a role that is taken by SET ROLE, which means no role by {@code none}. */
    public static Optional<String> roleProblem(String name) {
        return name.equals("none") || name.equals("public")
                ? Optional.of("is \"%s\", which is no name of a role".formatted(name))
                : problem(name);
    }
}
