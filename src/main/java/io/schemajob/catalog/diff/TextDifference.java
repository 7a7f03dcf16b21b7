package io.schemajob.catalog.diff;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The first lines in which two long texts differ: a table has no room for two whole function bodies.
 *
 * @param expected {@code line 3: …} of the declared text
 * @param found the same of the live one
 */
record TextDifference(String expected, String found) {
    static TextDifference of(String expected, String found) {
        TextDifference difference = of(expected, found, String::strip);
        return difference.expected.equals(difference.found) ? of(expected, found, String::stripTrailing) : difference;
    }

    private static TextDifference of(String expected, String found, UnaryOperator<String> form) {
        List<String> left = expected.strip().lines().map(form).toList();
        List<String> right = found.strip().lines().map(form).toList();
        int line = 0;
        while (line < left.size() && line < right.size() && left.get(line).equals(right.get(line))) {
            line++;
        }
        return new TextDifference(at(left, line), at(right, line));
    }

    private static String at(List<String> lines, int line) {
        return line < lines.size() ? "line " + (line + 1) + ": " + lines.get(line) : "ends after line " + lines.size();
    }
}
