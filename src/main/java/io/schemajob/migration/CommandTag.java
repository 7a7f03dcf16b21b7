package io.schemajob.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line that psql prints after a statement, such as {@code CREATE TABLE} or {@code INSERT 0 1}. The driver keeps the
 * server's tag to itself, so it is derived from the statement and its row count.
 */
final class CommandTag {
    private static final Pattern WORD =
            Pattern.compile("\\G(?:\\s|--[^\\n]*(?:\\n|$)|/\\*.*?\\*/)*([A-Za-z]+)", Pattern.DOTALL);

    /** Words that stand between the verb and its object without being part of the tag. */
    private static final Set<String> NOISE = Set.of(
            "OR",
            "REPLACE",
            "UNIQUE",
            "TEMP",
            "TEMPORARY",
            "UNLOGGED",
            "LOCAL",
            "GLOBAL",
            "RECURSIVE",
            "CONSTRAINT",
            "TRUSTED",
            "PROCEDURAL");

    private static final Set<String> WITH_OBJECT = Set.of("CREATE", "ALTER", "DROP");
    private static final Set<String> COUNTED = Set.of("UPDATE", "DELETE", "MERGE", "COPY");

    /** Objects whose name has two words; the first of them names nothing alone. */
    private static final Set<String> TWO_WORDS =
            Set.of("MATERIALIZED", "EVENT", "FOREIGN", "TEXT", "ACCESS", "DEFAULT", "OPERATOR", "USER", "LARGE");

    private CommandTag() {}

    /**
     * The tag.
     *
     * @param rows what the statement counted, or a negative number
     */
    static String of(String sql, long rows) {
        List<String> words = words(sql, 8);
        if (words.isEmpty()) {
            return "";
        }
        String verb = words.get(0);
        if (WITH_OBJECT.contains(verb)) {
            return verb + object(words.subList(1, words.size()));
        }
        if (verb.equals("INSERT") || verb.equals("WITH") && rows >= 0) {
            return verb.equals("INSERT") ? "INSERT 0 " + Math.max(rows, 0) : "WITH " + rows;
        }
        if (COUNTED.contains(verb) && rows >= 0) {
            return verb + " " + rows;
        }
        return verb;
    }

    private static String object(List<String> words) {
        List<String> left = words.stream().filter(word -> !NOISE.contains(word)).toList();
        if (left.isEmpty()) {
            return "";
        }
        boolean two = TWO_WORDS.contains(left.get(0)) && left.size() > 1;
        return " " + left.get(0) + (two ? " " + left.get(1) : "");
    }

    private static List<String> words(String sql, int most) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(sql);
        while (words.size() < most && matcher.find()) {
            words.add(matcher.group(1).toUpperCase(Locale.ROOT));
        }
        return words;
    }
}
