package io.schemajob.bundle.script.file;

import io.schemajob.bundle.script.NamingStyle;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptOutline;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.script.file.OneFileFormat.Direction;
import io.schemajob.bundle.source.Problem;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Named;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds the marks by which other tools divide a file into its directions, and refuses scripts that have them: run whole,
 * they create and drop, and the run would call that a success.
 *
 * <p>The tools look at lines, the server at SQL. A mark inside a string, a function's body or the rows of a COPY is text,
 * and both read it alike only where it is a comment of its own; there it counts.
 */
public final class SectionMarks {
    private static final int LONGEST_LINE = 200;
    private static final int MOST_NAMED = 20;

    /**
     * A mark.
     *
     * @param start where its hyphens are in the text
     * @param text its line, blanks around it taken away
     * @param tool whose it is
     */
    record Mark(String path, int line, int start, String text, String tool) {
        @Override
        public String toString() {
            return "%s:%d \"%s\"".formatted(path, line, text);
        }
    }

    private record Line(int number, int start, String text) {}

    private SectionMarks() {}

    /**
     * Refuses all files with marks together.
     *
     * @throws SchemajobException {@link io.schemajob.report.failure.ExitStatus#CONFIG}
     */
    public static void refuse(Collection<Script> scripts) {
        List<Mark> marks = new ArrayList<>();
        scripts.forEach(script -> first(script).ifPresent(marks::add));
        if (marks.isEmpty()) {
            return;
        }
        Mark first = marks.get(0);
        String tools = marks.stream().map(Mark::tool).distinct().collect(Collectors.joining(", "));
        List<String> others = marks.stream().skip(1).map(Mark::toString).toList();
        throw Problem.at(
                first.path(),
                first.line(),
                "\"%s\" divides this file in the format of %s, which holds both directions; as one script it would do and undo%s"
                        .formatted(
                                first.text(),
                                tools,
                                others.isEmpty() ? "" : "; the same in " + Named.first(others, MOST_NAMED)),
                "Split each of these files at its marks into two scripts without them, VERSION_NAME.up.sql and"
                        + " VERSION_NAME.down.sql (or V…__NAME.sql and U…__NAME.sql). Renaming is not enough. If such a"
                        + " script is applied already, look what it left, and accept its new text with schemajob repair."
                        + NamingStyle.of(tools)
                                .map(style -> " Or, if %1$s runs these files: format: %1$s in bundle.yaml."
                                        .formatted(style.key()))
                                .orElse(""));
    }

    /** Whether a line of the script is a mark of this format, whatever SQL stands around it. */
    static boolean has(Script script, OneFileFormat format) {
        return lines(script.text()).stream()
                .anyMatch(line ->
                        OneFileFormat.of(line.text()).filter(format::equals).isPresent());
    }

    /** The first mark of a script. */
    static Optional<Mark> first(Script script) {
        List<Line> lines = lines(script.text());
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        ScriptOutline outline = outline(script);
        Set<Integer> comments = new HashSet<>();
        if (outline != null) {
            outline.comments().forEach(comment -> comments.add(comment.start()));
        }
        for (Line line : lines) {
            Optional<OneFileFormat> format = OneFileFormat.of(line.text());
            if (format.isPresent() && (outline == null || comments.contains(line.start()))) {
                return Optional.of(mark(script, line, format.get().title()));
            }
        }
        lines.removeIf(line -> !comments.contains(line.start()));
        return outline == null ? Optional.empty() : directions(script, outline, lines);
    }

    /** Those that may be prose count where statements of both directions stand beside each other. */
    private static Optional<Mark> directions(Script script, ScriptOutline outline, List<Line> lines) {
        Map<Integer, Line> marks = new TreeMap<>();
        Set<Direction> loose = new HashSet<>();
        for (Line line : lines) {
            Direction.of(line.text()).ifPresent(way -> marks.put(line.start(), line));
            Direction.loosely(line.text()).ifPresent(loose::add);
        }
        if (loose.size() == Direction.values().length) {
            lines.stream()
                    .filter(line -> Direction.loosely(line.text()).isPresent())
                    .forEach(line -> marks.put(line.start(), line));
        }
        boolean down = ScriptName.parse(script.name())
                .filter(name -> name.role() == ScriptName.Role.DOWN)
                .isPresent();
        Direction way = down ? Direction.UP : Direction.DOWN;
        return marks.values().stream()
                .filter(line -> way(line) == way && divides(outline, marks.values(), line))
                .findFirst()
                .map(line -> mark(script, line, "node-pg-migrate, shmig or the like"));
    }

    private static Direction way(Line line) {
        return Direction.of(line.text())
                .or(() -> Direction.loosely(line.text()))
                .orElseThrow();
    }

    /** Whether it stands between statements, with some below it, and others or another mark above it or below. */
    private static boolean divides(ScriptOutline outline, Collection<Line> marks, Line mark) {
        int below = 0;
        for (Statement statement : outline.statements()) {
            if (statement.start() < mark.start() && mark.start() < statement.end()) {
                return false;
            }
            below += statement.start() > mark.start() ? 1 : 0;
        }
        boolean other = marks.stream().anyMatch(line -> way(line) != way(mark));
        return below > 0 && (other || below < outline.statements().size());
    }

    private static Mark mark(Script script, Line line, String tool) {
        return new Mark(script.path(), line.number(), line.start(), line.text(), tool);
    }

    /** What cannot be taken apart is not run either; its marks are told all the same. */
    private static ScriptOutline outline(Script script) {
        try {
            return ScriptParser.outline(script);
        } catch (SchemajobException e) {
            return null;
        }
    }

    /** The lines that could be marks: those that begin with two hyphens, after blanks and a number sign at most. */
    private static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        int counted = 0;
        int number = 1;
        for (int at = text.indexOf("--"); at >= 0; at = text.indexOf("--", endOfLine(text, at))) {
            int begin = startOfLine(text, at);
            String before = text.substring(begin, at).strip();
            int end = Math.min(endOfLine(text, at), at + LONGEST_LINE);
            String line = text.substring(begin, end).strip();
            boolean candidate = (before.isEmpty() || before.equals("#"))
                    && (OneFileFormat.of(line).isPresent()
                            || Direction.of(line).isPresent()
                            || Direction.loosely(line).isPresent());
            if (candidate) {
                for (; counted < begin; counted++) {
                    number += text.charAt(counted) == '\n' ? 1 : 0;
                }
                lines.add(new Line(number, at, line));
            }
        }
        return lines;
    }

    private static int startOfLine(String text, int at) {
        return Math.max(text.lastIndexOf('\n', at), text.lastIndexOf('\r', at)) + 1;
    }

    private static int endOfLine(String text, int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }
}
