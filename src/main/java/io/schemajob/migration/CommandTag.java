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
    /** One piece at a time: a repeated group would recurse once for each comment and exhaust the stack. */
    private static final Pattern PIECE =
            Pattern.compile("\\G(?:\\s+|--[^\\n]*|/\\*.*?\\*/|(?<word>[A-Za-z]+))", Pattern.DOTALL);

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
    private static final Set<String> COUNTED = Set.of("SELECT", "UPDATE", "DELETE", "MERGE", "COPY");
    private static final Pattern MAIN_VERB =
            Pattern.compile("\\b(SELECT|INSERT|UPDATE|DELETE|MERGE)\\b", Pattern.CASE_INSENSITIVE);

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
        String verb = words.get(0).equals("WITH") ? afterCommonTables(sql) : words.get(0);
        if (verb.equals("INSERT")) {
            return "INSERT 0 " + Math.max(rows, 0);
        }
        if (verb.equals("CREATE") && rows > 0) {
            // CREATE TABLE … AS and its like: the server reports the query that filled it.
            return "SELECT " + rows;
        }
        if (WITH_OBJECT.contains(verb)) {
            return verb + object(words.subList(1, words.size()));
        }
        return COUNTED.contains(verb) && rows >= 0 ? verb + " " + rows : verb;
    }

    /** The verb behind the list of common table expressions: the first one outside of parentheses. */
    private static String afterCommonTables(String sql) {
        StringBuilder outside = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            quoted ^= c == '\'';
            if (!quoted && (c == '(' || c == ')')) {
                depth += c == '(' ? 1 : -1;
            } else if (depth == 0) {
                outside.append(c);
            }
        }
        Matcher verb = MAIN_VERB.matcher(outside);
        return verb.find() ? verb.group().toUpperCase(Locale.ROOT) : "WITH";
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
        Matcher piece = PIECE.matcher(sql);
        while (words.size() < most && piece.find()) {
            if (piece.group("word") != null) {
                words.add(piece.group("word").toUpperCase(Locale.ROOT));
            }
        }
        return words;
    }
}
