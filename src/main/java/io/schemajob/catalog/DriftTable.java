package io.schemajob.catalog;

import io.schemajob.catalog.diff.Difference;
import io.schemajob.report.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Differences as a text table of object, expected and found, for logs of a bounded width. */
public final class DriftTable {
    /** Narrower columns could not hold a word. */
    private static final int NARROWEST = 10;

    private static final int COLUMNS = 3;
    private static final String GAP = "  ";

    private DriftTable() {}

    /**
     * The lines of the table, without line ends; none where there are no differences.
     *
     * @param redact masks what may not be seen, while it is in one piece
     * @param width the longest line in characters; what is longer goes on in the next line of its column
     */
    public static List<String> lines(List<Difference> differences, UnaryOperator<String> redact, int width) {
        if (differences.isEmpty()) {
            return List.of();
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("OBJECT", "EXPECTED", "FOUND"));
        differences.forEach(difference -> rows.add(cells(difference, redact)));
        int[] widths = widths(rows, width);
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.addAll(lines(row, widths)));
        return lines;
    }

    private static List<String> cells(Difference difference, UnaryOperator<String> redact) {
        String expected = redact.apply(difference.expected());
        String found = redact.apply(difference.found());
        boolean spaceCounts = oneLine(expected).equals(oneLine(found));
        return List.of(
                Printable.line(redact.apply(difference.subject())),
                Printable.line(spaceCounts ? expected : oneLine(expected)),
                Printable.line(spaceCounts ? found : oneLine(found)));
    }

    /** As SQL reads definitions of several lines. */
    private static String oneLine(String text) {
        return text.replaceAll("[ \\t\\r\\n]+", " ").strip();
    }

    /** Each column as wide as its longest cell; where that is too wide, the widest column gives way. */
    private static int[] widths(List<List<String>> rows, int width) {
        int[] widths = new int[COLUMNS];
        for (List<String> row : rows) {
            for (int i = 0; i < COLUMNS; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        int available = width - GAP.length() * (COLUMNS - 1);
        while (widths[0] + widths[1] + widths[2] > available) {
            int widest = widths[0] >= widths[1] && widths[0] >= widths[2] ? 0 : widths[1] >= widths[2] ? 1 : 2;
            if (widths[widest] <= NARROWEST) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static List<String> lines(List<String> cells, int[] widths) {
        List<List<String>> wrapped = new ArrayList<>();
        int height = 0;
        for (int i = 0; i < COLUMNS; i++) {
            wrapped.add(wrap(cells.get(i), widths[i]));
            height = Math.max(height, wrapped.get(i).size());
        }
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < height; line++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < COLUMNS; i++) {
                String part = line < wrapped.get(i).size() ? wrapped.get(i).get(line) : "";
                text.append(i == 0 ? "" : GAP).append(part).append(" ".repeat(widths[i] - part.length()));
            }
            lines.add(text.toString().stripTrailing());
        }
        return lines;
    }

    /** Breaks at blanks where there are any, and inside words where there are none. */
    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int cut = blank > 0 ? blank : width;
            lines.add(rest.substring(0, cut));
            rest = rest.substring(cut).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
