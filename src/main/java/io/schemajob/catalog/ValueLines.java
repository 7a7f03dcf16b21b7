package io.schemajob.catalog;

import io.schemajob.catalog.diff.CodeText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A value of a difference as lines that can be held against those of another: one an element of a list, one an option, and long
 * expressions broken before AND and OR, so that a change inside does not make one line of everything.
 */
final class ValueLines {
    /** In characters: what is shorter is read at a glance. */
    static final int LONG = 72;

    private ValueLines() {}

    static List<String> of(Object value) {
        List<String> lines = new ArrayList<>();
        if (value instanceof Collection<?> items) {
            items.forEach(item -> lines.add(String.valueOf(item)));
        } else if (value instanceof Map<?, ?> map) {
            new TreeMap<>(map).forEach((key, member) -> lines.add(key + "=" + member));
        } else if (value != null) {
            String text = value.toString();
            boolean whole = value instanceof CodeText || text.indexOf('\n') >= 0 || text.length() <= LONG;
            lines.addAll(whole ? List.of(text.split("\n", -1)) : expression(text));
        }
        return lines;
    }

    private static List<String> expression(String text) {
        List<String> lines = broken(text, ValueLines::isJoined);
        return lines.size() > 1 ? lines : broken(text, (words, blank) -> words.charAt(blank - 1) == ',');
    }

    private static boolean isJoined(String text, int blank) {
        return text.regionMatches(true, blank + 1, "AND ", 0, "AND ".length())
                || text.regionMatches(true, blank + 1, "OR ", 0, "OR ".length());
    }

    private interface Break {
        boolean isAt(String text, int blank);
    }

    /** The same characters but for the blanks where a line ends, which are not within quotes. */
    private static List<String> broken(String text, Break ends) {
        List<String> lines = new ArrayList<>();
        char quote = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == ' ' && i > from && ends.isAt(text, i)) {
                lines.add(text.substring(from, i));
                from = i + 1;
            }
        }
        lines.add(text.substring(from));
        return lines;
    }
}
