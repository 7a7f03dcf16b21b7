package io.schemajob.catalog;

import io.schemajob.catalog.diff.Difference;
import io.schemajob.report.text.Printable;
import io.schemajob.report.text.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Differences as a text table of object, expected and found, for logs of a bounded width. */
public final class DriftTable {
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
        return TextTable.render(rows, width);
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
}
