package io.schemajob.catalog.diff;

import java.util.List;

/**
 * The first lines in which two long texts differ: showing two whole function bodies would help nobody.
 *
 * @param expected {@code line 3: …} of the declared text
 * @param found the same of the live one
 */
record TextDifference(String expected, String found) {
    static TextDifference of(String expected, String found) {
        List<String> left = lines(expected);
        List<String> right = lines(found);
        int line = 0;
        while (line < left.size() && line < right.size() && left.get(line).equals(right.get(line))) {
            line++;
        }
        return new TextDifference(at(left, line), at(right, line));
    }

    private static List<String> lines(String text) {
        return text.strip().lines().map(String::strip).toList();
    }

    private static String at(List<String> lines, int line) {
        return line < lines.size() ? "line " + (line + 1) + ": " + lines.get(line) : "ends after line " + lines.size();
    }
}
