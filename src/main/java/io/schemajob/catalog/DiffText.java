package io.schemajob.catalog;

import io.schemajob.catalog.diff.CodeText;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.Difference.Change;
import io.schemajob.catalog.diff.UnifiedDiff;
import io.schemajob.report.text.Printable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * Differences for a person who has to decide what is right: short values on one line, bodies, queries and long expressions as a
 * unified diff. What is cut says so; that something differs is never cut.
 */
public final class DiffText {
    /** Of one object, unless everything is wanted. */
    public static final int MOST_LINES = 60;

    private static final HunkText HUNKS = new HunkText(200, 40);
    private static final String MASKED = "(what differs is masked here)";
    private static final String INDENT = "    ";

    private final UnaryOperator<String> redact;
    private final int most;

    /**
     * A writer of such texts.
     *
     * @param redact masks what may not be seen, while it is in one piece
     * @param most lines of one object
     */
    public DiffText(UnaryOperator<String> redact, int most) {
        this.redact = redact;
        this.most = most;
    }

    /** The lines, which hold no other line's end. */
    public List<String> lines(Collection<Difference> differences) {
        List<String> lines = new ArrayList<>();
        differences.forEach(difference -> add(difference, lines));
        return lines;
    }

    private void add(Difference difference, List<String> lines) {
        String subject = difference.change() == Change.CHANGED
                ? difference.subject()
                : difference.subject() + " is " + difference.change().name().toLowerCase(Locale.ROOT);
        String remark = (difference.remark() == null ? "" : " (" + difference.remark() + ")")
                + (difference.isDrift() ? "" : " [warning]");
        List<String> body = bounded(body(difference.remarked(null)));
        lines.add(Printable.line(redact.apply(subject)) + Printable.line(redact.apply(remark)));
        body.forEach(line -> lines.add(INDENT + line));
    }

    private List<String> body(Difference difference) {
        Object declared = masked(difference.declared());
        Object live = masked(difference.live());
        if (difference.change() != Change.CHANGED) {
            Object only = difference.change() == Change.EXTRA ? live : declared;
            String words = difference.change() == Change.EXTRA ? difference.found() : difference.expected();
            return only instanceof CodeText ? hunks(declared, live) : List.of(HUNKS.value(redact.apply(words), ""));
        }
        List<String> before = ValueLines.of(declared);
        List<String> after = ValueLines.of(live);
        boolean brief = !(declared instanceof CodeText || live instanceof CodeText)
                && brief(difference.expected())
                && brief(difference.found());
        if (!brief && before.equals(after) && !before.equals(ValueLines.of(difference.declared()))) {
            return List.of(MASKED);
        }
        if (brief || before.equals(after)) {
            String expected = redact.apply(difference.expected());
            String found = redact.apply(difference.found());
            return List.of(HUNKS.value(expected, found) + " → " + HUNKS.value(found, expected));
        }
        return hunks(declared, live);
    }

    private static boolean brief(String text) {
        return text.length() <= ValueLines.LONG && text.indexOf('\n') < 0;
    }

    private Object masked(Object value) {
        if (value instanceof CodeText code) {
            return new CodeText(redact.apply(code.text()));
        } else if (value instanceof Collection<?> items) {
            return items.stream()
                    .map(item -> redact.apply(String.valueOf(item)))
                    .toList();
        } else if (value instanceof Map<?, ?> map) {
            Map<String, String> masked = new TreeMap<>();
            map.forEach((key, member) -> masked.put(String.valueOf(key), redact.apply(String.valueOf(member))));
            return masked;
        }
        return value == null ? null : redact.apply(value.toString());
    }

    /** White space that is no difference is not shown as one, unless it is all there is. */
    private static List<String> hunks(Object declared, Object live) {
        List<String> before = ValueLines.of(declared);
        List<String> after = ValueLines.of(live);
        boolean code = declared instanceof CodeText && live instanceof CodeText;
        List<BiPredicate<String, String>> equals = code
                ? List.of(
                        (a, b) -> a.strip().equals(b.strip()),
                        (a, b) -> a.stripTrailing().equals(b.stripTrailing()),
                        String::equals)
                : List.of(String::equals);
        for (BiPredicate<String, String> equal : equals) {
            List<String> hunks = UnifiedDiff.hunks(before, after, equal);
            if (!hunks.isEmpty()) {
                return HUNKS.lines(hunks);
            }
        }
        return List.of(MASKED);
    }

    private List<String> bounded(List<String> lines) {
        if (lines.size() <= most) {
            return lines;
        }
        List<String> some = new ArrayList<>(lines.subList(0, most));
        some.add("… and %d more lines; --verbose shows them all".formatted(lines.size() - most));
        return some;
    }
}
