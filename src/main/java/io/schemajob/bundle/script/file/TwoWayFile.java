package io.schemajob.bundle.script.file;

import io.schemajob.bundle.script.NamingStyle;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.Section;
import io.schemajob.bundle.script.Section.Refusal;
import io.schemajob.bundle.source.Problem;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A file of goose or dbmate: one migration, with its way back. Both tools look at lines, whatever SQL stands on them, and
 * so does this; what they would refuse is refused.
 *
 * @param up the script of the file's up part, under the file's name
 * @param down the script of its down part, or null if the file has none
 */
public record TwoWayFile(Script up, Script down) {
    /** Behind the file's name: the history and the note of progress tell both directions apart by it. */
    private static final String DOWN = " (down)";

    /**
     * A line of the file.
     *
     * @param number from 1
     * @param start where it begins in the text
     * @param end behind its line feed, or the end of the text
     * @param text without its end
     */
    record Line(int number, int start, int end, String text) {
        boolean isComment() {
            return text.strip().startsWith("--");
        }

        boolean isBlankOrComment() {
            return text.isBlank() || isComment();
        }
    }

    /** One of the two parts, as far as it is read. */
    static final class Part {
        private final char[] text;
        private boolean present;
        final List<Integer> ends = new ArrayList<>();
        final List<Refusal> refusals = new ArrayList<>();
        boolean transactional = true;

        private Part(String whole) {
            text = new char[whole.length()];
            for (int i = 0; i < text.length; i++) {
                char c = whole.charAt(i);
                text[i] = c == '\n' || c == '\r' ? c : ' ';
            }
        }

        void begin() {
            present = true;
        }

        boolean isPresent() {
            return present;
        }

        /** Takes a line as it stands. */
        void add(Line line) {
            line.text().getChars(0, line.text().length(), text, line.start());
        }

        private Script script(Script whole, String name, String tool) {
            Section section = new Section(tool, transactional, List.copyOf(ends), List.copyOf(refusals));
            return new Script(new TextFile(whole.path(), new String(text)), name, whole.checksum(), section);
        }
    }

    /** The parts of a file while its lines are read. */
    static final class Parts {
        final Script file;
        final Part up;
        final Part down;

        private Parts(Script file) {
            this.file = file;
            this.up = new Part(file.text());
            this.down = new Part(file.text());
        }

        void lines(Consumer<Line> reader) {
            String text = file.text();
            int number = 1;
            for (int start = 0; start < text.length(); number++) {
                int feed = text.indexOf('\n', start);
                int end = feed < 0 ? text.length() : feed + 1;
                int last = feed < 0 ? text.length() : feed;
                if (last > start && text.charAt(last - 1) == '\r') {
                    last--;
                }
                reader.accept(new Line(number, start, end, text.substring(start, last)));
                start = end;
            }
        }

        /** A line above the first mark: titles and directives may stand there. */
        void above(Line line, String mark) {
            if (!line.isBlankOrComment()) {
                throw problem(line, "a statement stands above \"%s\"".formatted(mark), "Move it below that line.");
            }
            up.add(line);
        }

        SchemajobException problem(Line line, String message, String hint) {
            return Problem.at(file.path(), line.number(), message, hint);
        }
    }

    /** @throws SchemajobException CONFIG with file and line for what the tool would refuse */
    static TwoWayFile read(Script file, NamingStyle style) {
        Parts parts = new Parts(file);
        if (style == NamingStyle.GOOSE) {
            new GooseFile(parts).read();
        } else {
            new DbmateFile(parts).read();
        }
        Script up = parts.up.script(file, file.name(), style.key());
        Script down = parts.down.isPresent() ? parts.down.script(file, file.name() + DOWN, style.key()) : null;
        return new TwoWayFile(up, down);
    }
}
