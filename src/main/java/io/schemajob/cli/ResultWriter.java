package io.schemajob.cli;

import io.schemajob.report.log.Redactor;
import io.schemajob.report.text.Printable;
import io.schemajob.report.text.TextTable;
import java.io.PrintStream;
import java.util.List;

/**
 * Writes what a command was asked for to standard output. Everything passes here, so that no name and no value from
 * elsewhere can write a line, or a control sequence, of its own.
 */
final class ResultWriter {
    private final PrintStream out;
    private final Redactor redactor;
    private final int width;

    /** @param width of a line in characters */
    ResultWriter(PrintStream out, Redactor redactor, int width) {
        this.out = out;
        this.redactor = redactor;
        this.width = width;
    }

    int width() {
        return width;
    }

    /** A table whose first row is its head, no wider than the terminal. */
    void table(List<List<String>> rows) {
        lines(TextTable.ruled(rows, width));
    }

    /** One line for people, redacted; whatever would begin another is escaped. */
    void line(String text) {
        out.println(Printable.line(redactor.redact(text)));
    }

    /** Lines that stay together, though others may be printing. */
    void lines(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(Printable.line(redactor.redact(line))).append('\n'));
        out.print(text);
    }

    /** A file that could as well be written to disk, such as a schema.yaml: as it is, as it quotes its values itself. */
    void document(String text) {
        out.print(Printable.document(text));
    }
}
