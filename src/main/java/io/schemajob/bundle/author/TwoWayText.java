package io.schemajob.bundle.author;

import io.schemajob.bundle.script.NamingStyle;
import io.schemajob.bundle.script.ParsedScript;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.sql.Statement;

/** Writes both directions of a new migration into one file, so that goose or dbmate can run it too. */
final class TwoWayText {
    private TwoWayText() {}

    static String of(NewScript script) {
        ParsedScript up = ScriptParser.parse(Script.of(new TextFile(script.up(), script.upText())));
        ParsedScript down = ScriptParser.parse(Script.of(new TextFile(script.down(), script.downText())));
        return script.style() == NamingStyle.GOOSE ? goose(up, down) : dbmate(up, down);
    }

    private static String goose(ParsedScript up, ParsedScript down) {
        String mode = up.transactional() && down.transactional() ? "" : "-- +goose NO TRANSACTION\n";
        return mode + "-- +goose Up\n" + bracketed(up) + "\n-- +goose Down\n" + bracketed(down);
    }

    /** goose cuts at each semicolon at the end of a line, unless it is told where a statement begins and ends. */
    private static String bracketed(ParsedScript script) {
        String text = script.script().text();
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (Statement statement : script.statements()) {
            if (!statement.sql().contains(";")) {
                continue;
            }
            int first = text.lastIndexOf('\n', statement.start()) + 1;
            int feed = text.indexOf('\n', statement.end());
            int last = feed < 0 ? text.length() : feed + 1;
            if (first < at) {
                continue;
            }
            out.append(text, at, first).append("-- +goose StatementBegin\n").append(text, first, last);
            out.append(feed < 0 ? "\n" : "").append("-- +goose StatementEnd\n");
            at = last;
        }
        return out.append(text, at, text.length()).toString();
    }

    private static String dbmate(ParsedScript up, ParsedScript down) {
        return "-- migrate:up%s\n%s\n-- migrate:down%s\n%s"
                .formatted(
                        options(up),
                        up.script().text(),
                        options(down),
                        down.script().text());
    }

    private static String options(ParsedScript script) {
        return script.transactional() ? "" : " transaction:false";
    }
}
