package io.schemajob.bundle.script.file;

import io.schemajob.bundle.script.file.TwoWayFile.Line;
import io.schemajob.bundle.script.file.TwoWayFile.Part;
import io.schemajob.bundle.source.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a file as dbmate does (github.com/amacneil/dbmate, pkg/dbmate/migration.go): a mark is a line that begins with
 * it, wherever it stands, and its options are on the same line. dbmate sends the whole part to the server at once.
 */
final class DbmateFile {
    private static final Pattern MARK = Pattern.compile("--\\s*migrate:(up|down)(?:\\s+(.*))?");

    private final TwoWayFile.Parts parts;

    /** The part that the line belongs to; null above {@code migrate:up}. */
    private Part current;

    DbmateFile(TwoWayFile.Parts parts) {
        this.parts = parts;
    }

    void read() {
        parts.lines(this::read);
        if (current == null) {
            throw Problem.in(
                    parts.file.path(),
                    "a script in the format of dbmate needs the line \"-- migrate:up\"",
                    "Write it above the first statement.");
        }
    }

    private void read(Line line) {
        Matcher mark = MARK.matcher(line.text());
        if (mark.matches()) {
            begin(line, mark.group(1).equals("up") ? parts.up : parts.down, mark.group(2));
        } else if (current != null) {
            current.add(line);
        } else {
            parts.above(line, "-- migrate:up");
        }
    }

    private void begin(Line line, Part part, String options) {
        if (part.isPresent()) {
            throw parts.problem(
                    line,
                    "a second \"%s\" in one file, which is not carried over"
                            .formatted(line.text().strip()),
                    "Make a file of each pair.");
        } else if (part == parts.down && current == null) {
            throw parts.problem(line, "\"-- migrate:down\" stands above \"-- migrate:up\"", "Put the up part first.");
        }
        part.begin();
        current = part;
        if (options != null) {
            for (String option : options.strip().split("\\s+")) {
                // The last one counts, and other words have no meaning there.
                if (option.startsWith("transaction:")) {
                    part.transactional = !option.equals("transaction:false");
                }
            }
        }
    }
}
