package io.schemajob.bundle.sql;

import io.schemajob.bundle.source.Problem;
import io.schemajob.report.failure.SchemajobException;
import java.util.function.Consumer;

/**
 * Walks over SQL token by token by the rules of PostgreSQL's own scanner ({@code src/backend/parser/scan.l}), so that a
 * semicolon or a keyword inside a string, a dollar quote, a quoted name or a comment is never mistaken for one outside.
 *
 * <p>A cursor without token objects: scripts may have 100 MiB. One pass, each character looked at once or twice. Assumes
 * {@code standard_conforming_strings = on}, the server's default since 9.1.
 */
public final class SqlLexer {
    /** What a piece of SQL is. */
    public enum Token {
        /** An unquoted name or keyword. */
        WORD,
        /** A name in double quotes. */
        NAME,
        /** A string in single quotes or dollar quotes. */
        STRING,
        /** Any other single character. */
        SYMBOL,
        END
    }

    private final String path;
    private final String text;
    private final int limit;
    private final Consumer<LineComment> comments;
    private Token token;
    private int start;
    private int position;
    private int line = 1;

    /** The first one that is not counted yet. */
    private int lineFeed;

    /** @param path for error messages */
    public SqlLexer(String path, String text) {
        this(path, text, comment -> {});
    }

    /** @param comments is given the comments between tokens that begin with two hyphens */
    public SqlLexer(String path, String text, Consumer<LineComment> comments) {
        this(path, text, 0, text.length(), comments);
        lineFeed = indexOf('\n', 0);
    }

    /**
     * Walks over a part of a text and counts no lines.
     *
     * @param from where a token begins
     * @param limit where one ends, exclusive
     */
    public SqlLexer(String path, String text, int from, int limit) {
        this(path, text, from, limit, comment -> {});
        lineFeed = limit;
    }

    private SqlLexer(String path, String text, int from, int limit, Consumer<LineComment> comments) {
        this.path = path;
        this.text = text;
        this.limit = limit;
        this.comments = comments;
        this.position = from;
    }

    /** Moves to the next token; white space and comments are none. */
    public Token next() {
        skipBlanks(comments);
        start = position;
        countLines(start);
        token = read();
        return token;
    }

    public Token token() {
        return token;
    }

    /** Where the token begins in the text. */
    public int start() {
        return start;
    }

    /** Where the token ends in the text, exclusive. */
    public int end() {
        return position;
    }

    /** The line on which the token begins, from 1; line feeds end lines. */
    public int line() {
        return line;
    }

    /** The token as it is written. */
    public String lexeme() {
        return text.substring(start, position);
    }

    public boolean is(String keyword) {
        return token == Token.WORD
                && position - start == keyword.length()
                && text.regionMatches(true, start, keyword, 0, keyword.length());
    }

    public boolean is(char symbol) {
        return token == Token.SYMBOL && text.charAt(start) == symbol;
    }

    /** Moves on if the token is this keyword. */
    public boolean accept(String keyword) {
        boolean found = is(keyword);
        if (found) {
            next();
        }
        return found;
    }

    /** Moves on if the token is this symbol. */
    public boolean accept(char symbol) {
        boolean found = is(symbol);
        if (found) {
            next();
        }
        return found;
    }

    /** A part of the text, its end excluded. */
    public record Range(int start, int end) {}

    /**
     * The rows that follow a {@code COPY … FROM stdin;} whose semicolon is the current token: from the next line on, up to
     * a line that holds nothing but {@code \.}.
     */
    public Range copyData() {
        int copyLine = line;
        int from = lineEnd(position);
        String rest = text.substring(position, from).strip();
        if (!rest.isEmpty() && !rest.startsWith("--")) {
            throw Problem.at(path, copyLine, "the rows of COPY … FROM stdin must begin on the next line", null);
        }
        from = Math.min(from + 1, limit);
        for (int begin = from; begin < limit; ) {
            int end = lineEnd(begin);
            if (isEndOfData(begin, end)) {
                position = end;
                return new Range(from, begin);
            }
            begin = end + 1;
        }
        throw Problem.at(
                path,
                copyLine,
                "the rows of this COPY … FROM stdin never end",
                "End them with a line that holds only \\.");
    }

    private boolean isEndOfData(int begin, int end) {
        int length = end > begin && text.charAt(end - 1) == '\r' ? end - 1 - begin : end - begin;
        return length == 2 && text.startsWith("\\.", begin);
    }

    private int lineEnd(int from) {
        return indexOf('\n', from);
    }

    private Token read() {
        if (position == limit) {
            return Token.END;
        }
        char c = text.charAt(position);
        if (startsName(c)) {
            return word();
        }
        return switch (c) {
            case '\'' -> string(false);
            case '"' -> quotedName();
            case '$' -> dollar();
            case '\\' -> throw MetaCommand.refuse(path, line, text, position);
            default -> symbol();
        };
    }

    private Token symbol() {
        position++;
        return Token.SYMBOL;
    }

    private Token word() {
        while (position < limit && continuesName(text.charAt(position))) {
            position++;
        }
        boolean escapes = position - start == 1 && (text.charAt(start) | 0x20) == 'e' && at('\'');
        return escapes ? string(true) : Token.WORD;
    }

    private Token quotedName() {
        do {
            int close = indexOf('"', position + 1);
            if (close == limit) {
                throw unterminated("a quoted name", start);
            }
            position = close + 1;
        } while (at('"'));
        return Token.NAME;
    }

    private Token string(boolean escapes) {
        do {
            position++;
            while (!at('\'')) {
                position = escapes ? position + (at('\\') ? 2 : 1) : indexOf('\'', position);
                if (position >= limit) {
                    position = limit;
                    throw unterminated("a string", start);
                }
            }
            position++;
        } while (at('\'') || escapes && continuesOnNextLine());
        return Token.STRING;
    }

    /**
     * Strings with only white space and a line end between them are one string, and it keeps the escapes of its first
     * part. If so, moves to the quote of the next part.
     */
    private boolean continuesOnNextLine() {
        int end = position;
        skipBlanks(comment -> {});
        String between = text.substring(end, position);
        boolean continued = at('\'') && (between.contains("\n") || between.contains("\r")) && !between.contains("/*");
        if (!continued) {
            position = end;
        }
        return continued;
    }

    /** Either a dollar quote or the sign of a parameter. */
    private Token dollar() {
        int close = position + 1;
        if (close < limit && startsName(text.charAt(close))) {
            while (close < limit && text.charAt(close) != '$' && continuesName(text.charAt(close))) {
                close++;
            }
        }
        if (close >= limit || text.charAt(close) != '$') {
            return symbol();
        }
        String delimiter = text.substring(position, close + 1);
        int end = text.indexOf(delimiter, close + 1);
        if (end < 0 || end + delimiter.length() > limit) {
            throw unterminated(delimiter.length() > 64 ? "a dollar quote" : "the dollar quote " + delimiter, start);
        }
        position = end + delimiter.length();
        return Token.STRING;
    }

    private void skipBlanks(Consumer<LineComment> listener) {
        while (position < limit) {
            char c = text.charAt(position);
            if (c == '-' && starts("--")) {
                skipLineComment(listener);
            } else if (c == '/' && starts("/*")) {
                skipBlockComment();
            } else if (c == ' ' || c >= '\t' && c <= '\r') {
                position++;
            } else {
                return;
            }
        }
    }

    private void skipLineComment(Consumer<LineComment> listener) {
        int begin = position;
        while (position < limit && !at('\n') && !at('\r')) {
            position++;
        }
        listener.accept(new LineComment(begin, text.substring(begin, position)));
    }

    /** Comments nest, as in the SQL standard and other than in C. */
    private void skipBlockComment() {
        int opened = position;
        int depth = 0;
        do {
            if (starts("/*")) {
                depth++;
                position += 2;
            } else if (starts("*/")) {
                depth--;
                position += 2;
            } else if (position >= limit) {
                throw unterminated("a comment", opened);
            } else {
                position++;
            }
        } while (depth > 0);
    }

    /** Where the character comes next, or the limit. */
    private int indexOf(char c, int from) {
        int index = text.indexOf(c, from);
        return index < 0 ? limit : Math.min(index, limit);
    }

    private boolean starts(String prefix) {
        return position + prefix.length() <= limit && text.startsWith(prefix, position);
    }

    private boolean at(char c) {
        return position < limit && text.charAt(position) == c;
    }

    private SchemajobException unterminated(String what, int opened) {
        countLines(opened);
        return Problem.at(path, line, what + " opens here and is never closed", null);
    }

    private void countLines(int upTo) {
        for (; lineFeed < upTo; lineFeed = indexOf('\n', lineFeed + 1)) {
            line++;
        }
    }

    private static boolean startsName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
    }

    private static boolean continuesName(char c) {
        return startsName(c) || c >= '0' && c <= '9' || c == '$';
    }
}
