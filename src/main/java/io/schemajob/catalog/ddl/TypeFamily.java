package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.UserType;
import io.schemajob.catalog.model.UserType.Domain;
import io.schemajob.catalog.model.UserType.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which changes of a column's type PostgreSQL makes by itself, because there is an assignment cast ({@code pg_cast}), which
 * need to be told how, and which nobody but a person can make.
 */
final class TypeFamily {
    private static final Pattern MODIFIER = Pattern.compile("\\([^)]*\\)");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Set<String> TEXT = Set.of("text", "character varying", "character", "name");
    private static final List<Set<String>> FAMILIES = List.of(
            TEXT,
            Set.of("smallint", "integer", "bigint", "numeric", "real", "double precision"),
            Set.of("date", "timestamp without time zone", "timestamp with time zone"),
            Set.of("json", "jsonb"),
            Set.of("cidr", "inet"),
            Set.of("bit", "bit varying"));
    private static final Set<String> TIMES = Set.of("time without time zone", "time with time zone");
    private static final Set<String> NUMBERS = FAMILIES.get(1);

    /** The casts between types of different families that PostgreSQL comes with (14 to 18). */
    private static final Map<String, Set<String>> CASTS = Map.ofEntries(
            Map.entry("integer", Set.of("boolean", "bit", "money", "oid")),
            Map.entry("bigint", Set.of("bit", "money", "oid")),
            Map.entry("smallint", Set.of("oid")),
            Map.entry("numeric", Set.of("money")),
            Map.entry("money", Set.of("numeric")),
            Map.entry("oid", Set.of("integer", "bigint")),
            Map.entry("boolean", Set.of("integer")),
            Map.entry("bit", Set.of("integer", "bigint")),
            Map.entry("jsonb", union(Set.of("boolean"), NUMBERS)),
            Map.entry("timestamp without time zone", Set.of("time without time zone")),
            Map.entry("timestamp with time zone", TIMES),
            Map.entry("time without time zone", union(TIMES, Set.of("interval"))),
            Map.entry("time with time zone", TIMES),
            Map.entry("interval", Set.of("time without time zone")),
            Map.entry("macaddr", Set.of("macaddr8")),
            Map.entry("macaddr8", Set.of("macaddr")));

    private static final Set<String> OTHERS = Set.of(
            "uuid",
            "bytea",
            "xml",
            "boolean",
            "interval",
            "money",
            "oid",
            "macaddr",
            "macaddr8",
            "point",
            "line",
            "lseg",
            "box",
            "path",
            "polygon",
            "circle",
            "tsvector",
            "tsquery",
            "int4range",
            "int8range",
            "numrange",
            "tsrange",
            "tstzrange",
            "daterange",
            "pg_lsn",
            "time without time zone",
            "time with time zone");

    private TypeFamily() {}

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    /** Whether a column can change between the two, there and back, without USING. */
    static boolean akin(String one, String other) {
        String a = base(one);
        String b = base(other);
        return a.equals(b) && isArray(one) == isArray(other)
                || isArray(one) == isArray(other) && FAMILIES.stream().anyMatch(f -> f.contains(a) && f.contains(b));
    }

    /** The expression behind USING, or null where none is needed. */
    static String using(Schema schema, String column, String from, String to) {
        boolean toText = TEXT.contains(base(to)) && !isArray(to);
        if (akin(from, to) || toText) {
            return null;
        }
        String array = isArray(from) ? "[]" : "";
        boolean direct = !isArray(to)
                && (TEXT.contains(base(from))
                        || declaredCast(schema, from, to)
                        || CASTS.getOrDefault(base(from), Set.of()).contains(base(to)));
        return direct ? column + "::" + to : column + "::text" + (isArray(to) ? array : "") + "::" + to;
    }

    /** Whether values of one type have a meaning as values of the other. */
    static boolean castable(Schema schema, String from, String to) {
        if (from.equals(to)) {
            return true;
        }
        String a = underlying(schema, from);
        String b = underlying(schema, to);
        boolean toText = TEXT.contains(base(b)) && !isArray(b);
        if (akin(a, b) || toText || declaredCast(schema, from, to)) {
            return true;
        } else if (isArray(a) != isArray(b)) {
            return TEXT.contains(base(a)) && !isArray(a);
        }
        UserType one = schema.types().get(base(a));
        UserType other = schema.types().get(base(b));
        boolean built = isBuiltIn(a) && isBuiltIn(b);
        return TEXT.contains(base(a))
                || one instanceof Enumeration && other instanceof Enumeration
                || CASTS.getOrDefault(base(a), Set.of()).contains(base(b))
                || !built && one == null && other == null;
    }

    private static boolean declaredCast(Schema schema, String from, String to) {
        return schema.objects().of("cast").containsKey(List.of("casts", base(from) + " AS " + base(to)));
    }

    private static boolean isBuiltIn(String type) {
        return OTHERS.contains(base(type)) || FAMILIES.stream().anyMatch(family -> family.contains(base(type)));
    }

    /** The type behind a domain. */
    private static String underlying(Schema schema, String type) {
        String found = type;
        for (int depth = 0; depth < 9 && schema.types().get(base(found)) instanceof Domain domain; depth++) {
            found = domain.type() + (isArray(found) ? "[]" : "");
        }
        return found;
    }

    private static boolean isArray(String type) {
        return type.endsWith("[]");
    }

    private static String base(String type) {
        String plain = MODIFIER.matcher(type).replaceAll("").replace("[]", "");
        return BLANKS.matcher(plain).replaceAll(" ").strip();
    }
}
