package io.schemajob.report.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Lines up cells in columns, two spaces between them. Cells are on one line. */
public final class TextTable {
    /** Narrower columns could not hold a word. */
    private static final int NARROWEST = 10;

    private static final String GAP = "  ";

    private TextTable() {}

    /**
     * The lines: the rows, and a line of hyphens under the first. A cell that is too long for a terminal goes on in the next
     * line of its column.
     *
     * @param width of the terminal in characters; {@link Integer#MAX_VALUE} where there is none
     */
    public static List<String> ruled(List<List<String>> rows, int width) {
        List<List<String>> cells = printable(rows);
        List<Integer> widths = widths(cells);
        int available = width - GAP.length() * (widths.size() - 1);
        narrow(widths, available, longestWords(cells));
        narrow(widths, available, Collections.nCopies(widths.size(), NARROWEST));
        narrow(widths, available, Collections.nCopies(widths.size(), 1));
        List<String> lines = new ArrayList<>(wrapped(cells.get(0), widths));
        int total = widths.stream().mapToInt(Integer::intValue).sum() + GAP.length() * (widths.size() - 1);
        lines.add("-".repeat(total));
        cells.subList(1, cells.size()).forEach(row -> lines.addAll(wrapped(row, widths)));
        return lines;
    }

    /**
     * The lines of the rows, where a cell that is too long goes on in the next line of its column.
     *
     * @param width the longest line in characters, if words are not longer
     */
    public static List<String> render(List<List<String>> rows, int width) {
        List<List<String>> cells = printable(rows);
        List<Integer> widths = widths(cells);
        narrow(widths, width - GAP.length() * (widths.size() - 1), Collections.nCopies(widths.size(), NARROWEST));
        return cells.stream().flatMap(row -> wrapped(row, widths).stream()).toList();
    }

    private static List<String> wrapped(List<String> row, List<Integer> widths) {
        List<List<String>> columns = new ArrayList<>();
        for (int i = 0; i < widths.size(); i++) {
            columns.add(wrap(row.get(i), widths.get(i)));
        }
        List<String> lines = new ArrayList<>();
        int height = columns.stream().mapToInt(List::size).max().orElse(0);
        for (int at = 0; at < height; at++) {
            int number = at;
            lines.add(line(
                    columns.stream()
                            .map(parts -> number < parts.size() ? parts.get(number) : "")
                            .toList(),
                    widths));
        }
        return lines;
    }

    private static List<List<String>> printable(List<List<String>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(Printable::line).toList())
                .toList();
    }

    private static List<Integer> widths(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>(Collections.nCopies(rows.get(0).size(), 0));
        for (List<String> row : rows) {
            for (int i = 0; i < widths.size(); i++) {
                widths.set(i, Math.max(widths.get(i), row.get(i).length()));
            }
        }
        return widths;
    }

    /** Below these, words are broken. */
    private static List<Integer> longestWords(List<List<String>> rows) {
        List<List<String>> words = rows.stream()
                .map(row -> row.stream()
                        .map(cell -> Arrays.stream(cell.split(" "))
                                .max(Comparator.comparingInt(String::length))
                                .orElse(""))
                        .toList())
                .toList();
        return widths(words).stream()
                .map(longest -> Math.max(longest, NARROWEST))
                .toList();
    }

    /** The widest column gives way, the first of several, until each is as narrow as it may be. */
    private static void narrow(List<Integer> widths, int available, List<Integer> narrowest) {
        while (widths.stream().mapToInt(Integer::intValue).sum() > available) {
            int widest = -1;
            for (int i = 0; i < widths.size(); i++) {
                boolean mayGiveWay = widths.get(i) > narrowest.get(i);
                if (mayGiveWay && (widest < 0 || widths.get(i) > widths.get(widest))) {
                    widest = i;
                }
            }
            if (widest < 0) {
                break;
            }
            widths.set(widest, widths.get(widest) - 1);
        }
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

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.size(); i++) {
            line.append(i == 0 ? "" : GAP)
                    .append(row.get(i))
                    .append(" ".repeat(widths.get(i) - row.get(i).length()));
        }
        return line.toString().stripTrailing();
    }
}
