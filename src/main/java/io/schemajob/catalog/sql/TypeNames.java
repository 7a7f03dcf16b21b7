package io.schemajob.catalog.sql;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The many names of a PostgreSQL type: people write {@code timestamptz}, the catalog prints {@code timestamp with time
 * zone} (see "Data Types", table 8.1, of its manual).
 */
public final class TypeNames {
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("int", "integer"),
            Map.entry("int4", "integer"),
            Map.entry("int8", "bigint"),
            Map.entry("int2", "smallint"),
            Map.entry("bool", "boolean"),
            Map.entry("float", "double precision"),
            Map.entry("float8", "double precision"),
            Map.entry("float4", "real"),
            Map.entry("decimal", "numeric"),
            Map.entry("dec", "numeric"),
            Map.entry("varchar", "character varying"),
            Map.entry("char varying", "character varying"),
            Map.entry("char", "character"),
            Map.entry("varbit", "bit varying"),
            Map.entry("timestamp", "timestamp without time zone"),
            Map.entry("timestamptz", "timestamp with time zone"),
            Map.entry("time", "time without time zone"),
            Map.entry("timetz", "time with time zone"));

    /** Of any length, where no length is said: {@code character} is {@code character(1)} then. With one it is {@code character}. */
    private static final String BPCHAR = "bpchar";

    private static final Map<String, String> SHORT = Map.of(
            "character varying", "varchar",
            "character", "char",
            "timestamp without time zone", "timestamp",
            "timestamp with time zone", "timestamptz",
            "time without time zone", "time",
            "time with time zone", "timetz");

    /** By far the most frequent types, which need no taking apart. */
    private static final Set<String> USUAL = Set.of(
            "text",
            "integer",
            "bigint",
            "boolean",
            "jsonb",
            "uuid",
            "date",
            "numeric",
            "double precision",
            "bytea",
            "timestamp with time zone",
            "timestamp without time zone",
            "character varying",
            "smallint");

    /** Words, an optional modifier with the words that may follow it ({@code with time zone}), array brackets. */
    private static final Pattern PARTS =
            Pattern.compile("([^(\\[]+?)(?:\\s*\\(([^)]*)\\)\\s*([^\\[(]*?))?\\s*((?:\\[\\d*]\\s*)++)?");

    private TypeNames() {}

    /** The one name that {@code format_type} prints. Names of user-defined types stay as they are. */
    public static String canonical(String type) {
        if (USUAL.contains(type)) {
            return type;
        }
        String alias = ALIASES.get(type);
        if (alias != null && modifier(alias, null) == null) {
            return alias;
        }
        String text = type.strip().replaceAll("\\s+", " ");
        if (text.indexOf('"') >= 0) {
            return text;
        }
        text = text.toLowerCase(Locale.ROOT).replaceFirst("^pg_catalog\\.", "");
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            return text;
        }
        String words = words(parts);
        boolean array = parts.group(4) != null;
        if (words.endsWith(" array")) {
            words = words.substring(0, words.length() - " array".length());
            array = true;
        }
        String name = words.equals(BPCHAR) && parts.group(2) != null ? "character" : ALIASES.getOrDefault(words, words);
        return withModifier(name, modifier(name, parts.group(2))) + (array ? "[]" : "");
    }

    /** The shortest common name, for people: {@code varchar(50)}, {@code timestamptz}. */
    public static String brief(String type) {
        if (USUAL.contains(type)) {
            return SHORT.getOrDefault(type, type);
        }
        String text = canonical(type);
        Matcher parts = PARTS.matcher(text);
        if (text.indexOf('"') >= 0 || !parts.matches()) {
            return text;
        }
        String words = words(parts);
        String modifier = parts.group(2) == null ? "" : "(" + parts.group(2) + ")";
        String array = parts.group(4) == null ? "" : "[]";
        if (words.equals("character") && modifier.equals("(1)")) {
            return "char" + array;
        }
        String brief = SHORT.get(words);
        return brief == null ? text : brief + modifier + array;
    }

    /** The type without length, precision or scale; {@code character} for {@code bpchar}, as PostgreSQL says for arguments. */
    public static String base(String type) {
        return canonical(type).replaceFirst("\\([^)]*\\)", "").replaceFirst("^bpchar\\b", "character");
    }

    private static String words(Matcher parts) {
        String after = parts.group(3);
        return after == null || after.isEmpty() ? parts.group(1) : parts.group(1) + " " + after;
    }

    /** A list of types and other words, already in lower case, with each type under its shortest name. */
    static String briefWords(String words) {
        String text = words;
        for (Map.Entry<String, String> name : SHORT.entrySet()) {
            text = text.replaceAll("\\b" + name.getKey() + "(?! varying)\\b", name.getValue());
        }
        for (Map.Entry<String, String> alias : ALIASES.entrySet()) {
            if (!SHORT.containsKey(alias.getValue())) {
                text = text.replaceAll("\\b" + alias.getKey() + "\\b", alias.getValue());
            }
        }
        return text;
    }

    private static String modifier(String name, String written) {
        if (written == null) {
            return name.equals("character") || name.equals("bit") ? "1" : null;
        }
        String digits = written.replace(" ", "");
        return name.equals("numeric") && !digits.contains(",") ? digits + ",0" : digits;
    }

    private static String withModifier(String name, String modifier) {
        if (modifier == null) {
            return name;
        }
        int zone = name.indexOf(" with");
        return zone < 0
                ? name + "(" + modifier + ")"
                : name.substring(0, zone) + "(" + modifier + ")" + name.substring(zone);
    }
}
