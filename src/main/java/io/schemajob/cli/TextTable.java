package io.schemajob.cli;

import io.schemajob.report.text.Printable;
import java.util.ArrayList;
import java.util.List;

/** Lines up cells in columns. */
final class TextTable {
    private TextTable() {}

    /** The lines: the rows, two spaces between columns, a line of hyphens under the first. Cells are on one line. */
    static List<String> render(List<List<String>> rows) {
        List<List<String>> cells = rows.stream()
                .map(row -> row.stream().map(Printable::line).toList())
                .toList();
        int[] widths = new int[cells.get(0).size()];
        for (List<String> row : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        cells.forEach(row -> lines.add(line(row, widths)));
        int total = 2 * (widths.length - 1);
        for (int width : widths) {
            total += width;
        }
        lines.add(1, "-".repeat(total));
        return lines;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(i == 0 ? "" : "  ")
                    .append(row.get(i))
                    .append(" ".repeat(widths[i] - row.get(i).length()));
        }
        return line.toString().stripTrailing();
    }
}
