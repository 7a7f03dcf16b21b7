package io.schemajob.catalog.sql;

import java.util.ArrayList;
import java.util.List;

/** Cuts SQL that PostgreSQL has printed at words that stand outside of quotes and brackets. */
public final class SqlParts {
    private SqlParts() {}

    /** What stands before the first of these words. */
    public static String upTo(String sql, String... words) {
        int first = sql.length();
        for (String word : words) {
            int at = find(sql, word, 0);
            first = at < 0 ? first : Math.min(first, at);
        }
        return sql.substring(0, first);
    }

    /** What stands between commas. */
    public static List<String> list(String sql) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int comma = find(sql, ",", 0); comma >= 0; comma = find(sql, ",", from)) {
            parts.add(sql.substring(from, comma).strip());
            from = comma + 1;
        }
        String last = sql.substring(from).strip();
        if (!last.isEmpty() || !parts.isEmpty()) {
            parts.add(last);
        }
        return parts;
    }

    /** Where a word stands, in any case; -1 if it does not. */
    public static int find(String sql, String word, int from) {
        int depth = 0;
        char quote = 0;
        for (int i = from; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (quote == 0 && depth == 0 && sql.regionMatches(true, i, word, 0, word.length())) {
                return i;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(' || c == '[') {
                depth++;
            } else if (c == ')' || c == ']') {
                depth--;
            }
        }
        return -1;
    }
}
