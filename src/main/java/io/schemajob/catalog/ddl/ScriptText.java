package io.schemajob.catalog.ddl;

import io.schemajob.report.text.Printable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * A script as text. It is written twice: first as it is, for lint to look at, and then with a comment on each statement
 * that lint objects to.
 *
 * @param text the whole script
 * @param statements where each statement stands, commented ones excepted
 */
public record ScriptText(String text, List<Spot> statements) {
    /** A statement from its first to its last line, counted from 1. */
    public record Spot(int first, int last, Operation operation) {}

    private static final String HYPHENS = "-- ";

    /** Says which comments go above the statement of this number, without hyphens. */
    public interface Comments extends BiFunction<Integer, Operation, List<String>> {}

    /** The way there. */
    public static ScriptText up(List<String> header, List<Operation> script, List<Note> notes, Comments comments) {
        Writer writer = new Writer(header, comments);
        for (Operation operation : script) {
            if (operation.remark() != null && !operation.commented()) {
                writer.comment(operation.remark());
            }
            writer.add(operation, operation.up());
        }
        notes.forEach(writer::add);
        return writer.end();
    }

    /** The way back: the same operations, the last one first. */
    public static ScriptText down(List<String> header, List<Operation> script, Comments comments) {
        Writer writer = new Writer(header, comments);
        List<Operation> backwards = new ArrayList<>(script);
        Collections.reverse(backwards);
        backwards.forEach(operation -> writer.add(operation, operation.down()));
        if (script.stream().allMatch(operation -> operation.down().isEmpty())) {
            writer.comment("Nothing to roll back here: what this step made is dropped with the steps around it.");
        }
        return writer.end();
    }

    private static final class Writer {
        private final StringBuilder text = new StringBuilder();
        private final List<Spot> statements = new ArrayList<>();
        private final Comments comments;
        private int line = 1;

        private Writer(List<String> header, Comments comments) {
            this.comments = comments;
            header.forEach(this::comment);
            append("\n");
        }

        private void append(String piece) {
            text.append(piece);
            line += (int) piece.chars().filter(c -> c == '\n').count();
        }

        private void comment(String words) {
            // A line break in the name of an object would end the comment.
            append(HYPHENS + Printable.line(words) + "\n");
        }

        private void add(Operation operation, List<String> sql) {
            if (operation.commented() && !sql.isEmpty()) {
                comment(operation.object() + ": " + operation.remark());
            }
            for (String statement : sql) {
                if (operation.commented()) {
                    append(commented(statement));
                } else {
                    comments.apply(statements.size(), operation).forEach(this::comment);
                    int first = line;
                    append(statement + ";\n");
                    statements.add(new Spot(first, line - 1, operation));
                }
            }
            if (operation.commented() && !sql.isEmpty()) {
                append("\n");
            }
        }

        private void add(Note note) {
            append("\n");
            comment((note.open() ? "NOT DONE: " : "") + note.object() + ": " + note.reason());
            note.statements().forEach(statement -> append(commented(statement)));
        }

        private static String commented(String statement) {
            return (statement + ";").lines().map(part -> HYPHENS + part + "\n").collect(Collectors.joining());
        }

        private ScriptText end() {
            return new ScriptText(text.toString(), List.copyOf(statements));
        }
    }
}
