package io.schemajob.catalog.ddl;

import java.util.List;
import java.util.Set;

/**
 * Which changes of a column's type PostgreSQL makes by itself, because there is an assignment cast ({@code pg_cast}), and
 * which need to be told how.
 */
final class TypeFamily {
    private static final Set<String> TEXT = Set.of("text", "character varying", "character", "name");
    private static final List<Set<String>> FAMILIES = List.of(
            TEXT,
            Set.of("smallint", "integer", "bigint", "numeric", "real", "double precision"),
            Set.of("date", "timestamp without time zone", "timestamp with time zone"),
            Set.of("json", "jsonb"),
            Set.of("cidr", "inet"),
            Set.of("bit", "bit varying"));
    private static final Set<String> PLAIN =
            Set.of("boolean", "uuid", "bytea", "interval", "xml", "date", "json", "jsonb");

    private TypeFamily() {}

    /** Whether a column can change between the two, there and back, without USING. */
    static boolean akin(String one, String other) {
        String a = base(one);
        String b = base(other);
        return a.equals(b)
                || isArray(one) == isArray(other) && FAMILIES.stream().anyMatch(f -> f.contains(a) && f.contains(b));
    }

    /** The expression behind USING, or null where none is needed. */
    static String using(String column, String from, String to) {
        boolean toText = TEXT.contains(base(to)) && !isArray(to);
        if (akin(from, to) || toText) {
            return null;
        }
        boolean known = FAMILIES.stream().anyMatch(family -> family.contains(base(from))) || PLAIN.contains(base(from));
        String array = isArray(from) ? "[]" : "";
        return known && !isArray(to) ? column + "::" + to : column + "::text" + (isArray(to) ? array : "") + "::" + to;
    }

    private static boolean isArray(String type) {
        return type.endsWith("[]");
    }

    private static String base(String type) {
        return type.replaceAll("\\([^)]*\\)", "")
                .replace("[]", "")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
