package io.schemajob.catalog;

import io.schemajob.report.text.Printable;
import java.util.ArrayList;
import java.util.List;

/** Lines of a unified diff as a terminal can show them: in one line each, not too wide, and with what differs in sight. */
final class HunkText {
    private static final String TAB = "    ";

    /** A blank where nobody would see it. */
    private static final String BLANK = "\\u0020";

    private final int width;
    private final int before;

    /**
     * A writer of such lines.
     *
     * @param width the longest line in characters
     * @param before how many characters of a longer one are shown before the first that differs
     */
    HunkText(int width, int before) {
        this.width = width;
        this.before = before;
    }

    List<String> lines(List<String> hunks) {
        List<String> lines = new ArrayList<>();
        int i = 0;
        while (i < hunks.size()) {
            int minus = run(hunks, i, '-');
            int plus = run(hunks, i + minus, '+');
            if (minus + plus == 0) {
                lines.add(cut(visible(hunks.get(i).replace("\t", TAB)), 0));
                i++;
                continue;
            }
            List<String> removed = hunks.subList(i, i + minus);
            List<String> added = hunks.subList(i + minus, i + minus + plus);
            for (int at = 0; at < minus; at++) {
                lines.add(line(removed.get(at), at < plus ? added.get(at) : null));
            }
            for (int at = 0; at < plus; at++) {
                lines.add(line(added.get(at), at < minus ? removed.get(at) : null));
            }
            i += minus + plus;
        }
        return lines;
    }

    /** A value beside the one that it differs from. */
    String value(String text, String other) {
        String shown = visible(text);
        return cut(shown, common(shown, visible(other)) - before);
    }

    private static int run(List<String> hunks, int from, char sign) {
        int at = from;
        while (at < hunks.size() && hunks.get(at).charAt(0) == sign) {
            at++;
        }
        return at - from;
    }

    /** @param partner the line of the other side that stands in its place, or null */
    private String line(String line, String partner) {
        String text = line.substring(1);
        String other = partner == null ? null : partner.substring(1);
        boolean blanks = other != null && ink(text).equals(ink(other));
        String shown = visible(blanks ? trailing(text) : text.replace("\t", TAB));
        String beside = other == null ? "" : visible(blanks ? trailing(other) : other.replace("\t", TAB));
        int start = other == null ? 0 : common(shown, beside) - before;
        return line.charAt(0) + cut(shown, start);
    }

    private static String ink(String text) {
        return text.replaceAll("\\s", "");
    }

    private static String trailing(String text) {
        String stripped = text.replaceFirst(" +$", "");
        return stripped + BLANK.repeat(text.length() - stripped.length());
    }

    private static String visible(String text) {
        return Printable.line(text);
    }

    private static int common(String a, String b) {
        int at = 0;
        while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        return at;
    }

    private String cut(String text, int wanted) {
        if (text.length() <= width) {
            return text;
        }
        int from = Math.max(0, Math.min(wanted, text.length() - width));
        int rest = text.length() - from - width;
        return (from > 0 ? "…" : "")
                + text.substring(from, from + width)
                + (rest > 0 ? "… (%d more characters)".formatted(rest) : "");
    }
}
