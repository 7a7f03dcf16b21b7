package io.schemajob.bundle.script.file;

import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.script.Section.Refusal;
import io.schemajob.bundle.script.file.TwoWayFile.Line;
import io.schemajob.bundle.script.file.TwoWayFile.Part;
import io.schemajob.bundle.source.Problem;
import io.schemajob.report.failure.SchemajobException;
import java.util.Locale;

/**
 * Reads a file as goose does (github.com/pressly/goose, internal/sqlparser): a line that begins with two hyphens and
 * contains {@code +goose} is an annotation, wherever it stands. The SQL itself is read by {@link ScriptParser}, so a
 * function's body also works without {@code StatementBegin}.
 */
final class GooseFile {
    private static final String MARK = "+goose";

    private final TwoWayFile.Parts parts;

    /** The part that the line belongs to; null above {@code Up}. */
    private Part current;

    private boolean inStatement;
    private boolean substitutes;

    GooseFile(TwoWayFile.Parts parts) {
        this.parts = parts;
    }

    void read() {
        parts.lines(this::read);
        if (current == null) {
            throw Problem.in(
                    parts.file.path(),
                    "a script in the format of goose needs the line \"-- +goose Up\"",
                    "Write it above the first statement.");
        } else if (inStatement) {
            throw Problem.in(parts.file.path(), "-- +goose StatementBegin has no -- +goose StatementEnd", null);
        }
    }

    private void read(Line line) {
        if (line.isComment() && line.text().contains(MARK)) {
            annotation(line);
        } else if (current != null) {
            statement(line);
        } else {
            parts.above(line, "-- +goose Up");
        }
    }

    private void statement(Line line) {
        current.add(line);
        if (substitutes && line.text().indexOf('$') >= 0 && current.refusals.isEmpty()) {
            current.refusals.add(new Refusal(
                    line.number(),
                    "goose would substitute environment variables on this line (ENVSUB ON); Schemajob does not,"
                            + " as the checksum would not cover what runs",
                    "Write the value into the script, or end the range with -- +goose ENVSUB OFF above a line whose"
                            + " dollar signs are meant as they are."));
        }
        if (!inStatement && endsStatement(line.text())) {
            current.ends.add(line.end());
        }
    }

    private void annotation(Line line) {
        String words =
                line.text().replace("--", "").replaceFirst("\\+goose", "").strip();
        if (Character.isWhitespace(line.text().charAt(0))) {
            throw refuse(line, "blanks stand before it");
        }
        switch (words.toLowerCase(Locale.ROOT)) {
            case "up" -> up(line);
            case "down" -> down(line);
            case "statementbegin" -> {
                if (current == null || inStatement) {
                    throw refuse(line, current == null ? "it stands above Up" : "the StatementBegin before has no end");
                }
                inStatement = true;
            }
            case "statementend" -> {
                if (!inStatement) {
                    throw refuse(line, "there is no StatementBegin before it");
                }
                inStatement = false;
                current.ends.add(line.end());
            }
            case "no transaction" -> {
                parts.up.transactional = false;
                parts.down.transactional = false;
            }
            case "envsub on" -> substitutes = true;
            case "envsub off" -> substitutes = false;
            default -> throw refuse(line, "goose has no such annotation");
        }
    }

    private void up(Line line) {
        if (current != null) {
            throw refuse(line, "there is one already");
        }
        current = parts.up;
        current.begin();
    }

    private void down(Line line) {
        if (current == null || current == parts.down) {
            throw refuse(line, current == null ? "there is no Up before it" : "there is one already");
        } else if (inStatement) {
            throw refuse(line, "the StatementBegin before has no end");
        }
        current = parts.down;
        current.begin();
    }

    private SchemajobException refuse(Line line, String why) {
        return parts.problem(
                line,
                "\"%s\": %s".formatted(line.text().strip(), why),
                "goose knows Up, Down, StatementBegin, StatementEnd, NO TRANSACTION, ENVSUB ON and ENVSUB OFF, each on a"
                        + " line of its own.");
    }

    /** A semicolon at the end of the line, or before a comment. */
    private static boolean endsStatement(String line) {
        String last = "";
        for (String word : line.strip().split("\\s+")) {
            if (word.startsWith("--")) {
                break;
            }
            last = word;
        }
        return last.endsWith(";");
    }
}
