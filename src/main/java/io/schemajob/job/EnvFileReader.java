package io.schemajob.job;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a {@code .env} file apart: {@code NAME=value}, {@code export NAME=value}, comments, values in single or double quotes. What
 * the libraries of other tools understand in different ways is refused where it is about a variable of ours, and left
 * alone elsewhere. No message repeats a value, which may be a password.
 */
final class EnvFileReader {
    private static final Pattern LINE =
            Pattern.compile("[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.]*)[ \\t]*(=|:)[ \\t]*(.*)");

    private static final Pattern NOTHING = Pattern.compile("[ \\t\\r]*(#.*)?");

    /** A comment after a value; a number sign inside of a word belongs to it. */
    private static final Pattern COMMENT = Pattern.compile("(^|[ \\t])#.*$");

    private static final char NO_QUOTE = 0;

    private final String file;
    private final String[] lines;
    private final Predicate<String> wanted;
    private final Map<String, String> values = new LinkedHashMap<>();
    private int at;

    private EnvFileReader(TextFile file, Predicate<String> wanted) {
        this.file = file.path();
        this.lines = file.text().split("\r?\n", -1);
        this.wanted = wanted;
    }

    /**
     * @param wanted whether a variable is one of ours
     * @throws SchemajobException CONFIG, with the line
     */
    static Map<String, String> read(TextFile file, Predicate<String> wanted) {
        EnvFileReader reader = new EnvFileReader(file, wanted);
        for (; reader.at < reader.lines.length; reader.at++) {
            reader.readLine();
        }
        return reader.values;
    }

    private void readLine() {
        Matcher line = LINE.matcher(lines[at]);
        if (NOTHING.matcher(lines[at]).matches() || !line.matches()) {
            return;
        }
        String name = line.group(1);
        String text = line.group(3);
        char quote = text.startsWith("'") || text.startsWith("\"") ? text.charAt(0) : NO_QUOTE;
        boolean ours = wanted.test(name);
        if (quote != NO_QUOTE && end(text, quote) < 0) {
            if (ours) {
                throw refused(name, "its value has no closing quote on the same line");
            }
            skipTo(quote);
        } else if (ours) {
            requireClear(name, line.group(2), text, quote);
            values.put(name, value(text, quote));
        }
    }

    private void requireClear(String name, String sign, String text, char quote) {
        if (sign.equals(":")) {
            throw refused(name, "write = and not a colon");
        }
        int end = quote == NO_QUOTE ? -1 : end(text, quote);
        if (quote != NO_QUOTE && !NOTHING.matcher(text.substring(end + 1)).matches()) {
            throw refused(name, "something follows its closing quote");
        }
        if (quote != '\'' && text.contains("$")) {
            throw refused(
                    name, "a dollar sign may stand for another variable; write the value itself, in single quotes");
        }
        if (quote == '"' && text.substring(0, end).matches(".*\\\\[^\"\\\\nr].*")) {
            throw refused(name, "a backslash in double quotes is read in different ways; use single quotes");
        }
        if (values.containsKey(name)) {
            throw refused(name, "it is there twice");
        }
    }

    private static String value(String text, char quote) {
        if (quote == NO_QUOTE) {
            return COMMENT.matcher(text).replaceFirst("").strip();
        }
        String inner = text.substring(1, end(text, quote));
        return quote == '\'' ? inner : unescaped(inner);
    }

    private static String unescaped(String text) {
        return Pattern.compile("\\\\(.)").matcher(text).replaceAll(escape -> switch (escape.group(1)) {
            case "n" -> "\n";
            case "r" -> "\r";
            default -> Matcher.quoteReplacement(escape.group(1));
        });
    }

    /** Where the closing quote stands, or -1. */
    private static int end(String text, char quote) {
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == quote) {
                return i;
            }
            if (quote == '"' && text.charAt(i) == '\\') {
                i++;
            }
        }
        return -1;
    }

    /** The value of another program's variable may have several lines, such as a key. */
    private void skipTo(char quote) {
        int last = at + 1;
        while (last < lines.length && lines[last].indexOf(quote) < 0) {
            last++;
        }
        // Without an end it was no quote but an apostrophe.
        at = last < lines.length ? last : at;
    }

    private SchemajobException refused(String name, String why) {
        return Failure.of(ExitStatus.CONFIG, "%s:%d: %s cannot be read: %s.".formatted(file, at + 1, name, why))
                .where("%s:%d".formatted(file, at + 1))
                .databaseState("Not contacted.")
                .hint("Correct the file, or leave it out: --env-file none.")
                .asException();
    }
}
