package io.schemajob.lint.sql;

import io.schemajob.bundle.sql.SqlLexer;
import io.schemajob.bundle.sql.SqlLexer.Token;
import io.schemajob.bundle.sql.SqlName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A statement or a part of one, read from front to back, that knows on which line of its script it stands. */
final class Sql {
    private final String text;
    private final int firstLine;
    private final SqlLexer tokens;
    private int consumed;

    /** @param firstLine the line on which the text begins */
    Sql(String text, int firstLine) {
        this.text = text;
        this.firstLine = firstLine;
        this.tokens = new SqlLexer("", text);
        tokens.next();
    }

    /** The same text from its beginning. */
    Sql again() {
        return new Sql(text, firstLine);
    }

    /** The line of the token that comes next. */
    int line() {
        return firstLine + tokens.line() - 1;
    }

    boolean atEnd() {
        return tokens.token() == Token.END;
    }

    void skip() {
        consumed = tokens.end();
        tokens.next();
    }

    boolean is(String keyword) {
        return tokens.is(keyword);
    }

    boolean is(char symbol) {
        return tokens.is(symbol);
    }

    /** Whether a name, quoted or not, or a keyword comes next. */
    boolean isName() {
        return tokens.token() == Token.WORD || tokens.token() == Token.NAME;
    }

    boolean isString() {
        return tokens.token() == Token.STRING;
    }

    /** The next token as it is written. */
    String lexeme() {
        return tokens.lexeme();
    }

    /** The next token as a keyword in capitals; empty if it is anything but an unquoted word. */
    String keyword() {
        return tokens.token() == Token.WORD ? tokens.lexeme().toUpperCase(Locale.ROOT) : "";
    }

    boolean accept(char symbol) {
        boolean found = tokens.is(symbol);
        if (found) {
            skip();
        }
        return found;
    }

    /** Moves past these keywords as far as they come next in this order; whether all did. */
    boolean accept(String... keywords) {
        for (String keyword : keywords) {
            if (!tokens.is(keyword)) {
                return false;
            }
            skip();
        }
        return true;
    }

    /** Moves past {@code IF EXISTS} or {@code IF NOT EXISTS}. */
    boolean acceptIfExists() {
        if (!accept("IF")) {
            return false;
        }
        accept("NOT");
        return accept("EXISTS");
    }

    /** The name that comes next, or null. */
    SqlName name() {
        return SqlName.accept(tokens);
    }

    /** Names separated by commas; options that stand beside them, such as {@code ONLY} or a star, are passed over. */
    List<SqlName> names() {
        List<SqlName> names = new ArrayList<>();
        do {
            accept("ONLY");
            SqlName name = name();
            if (name != null) {
                names.add(name);
            }
            accept('*');
        } while (accept(','));
        return names;
    }

    /** What stands between the parenthesis that comes next and the one that closes it; null if none comes next. */
    Sql group() {
        if (!tokens.is('(')) {
            return null;
        }
        int begin = tokens.end();
        int line = line();
        int depth = 0;
        int end;
        do {
            end = tokens.start();
            depth += tokens.is('(') ? 1 : tokens.is(')') ? -1 : 0;
            skip();
        } while (depth > 0 && !atEnd());
        if (depth > 0) {
            end = text.length();
        }
        return new Sql(text.substring(Math.min(begin, end), end), line);
    }

    /** Moves on to the first of these keywords or symbols outside parentheses, or to the end. */
    void skipTo(List<String> stops) {
        while (!atEnd() && !stops.contains(keyword()) && !stops.contains(tokens.lexeme())) {
            if (group() == null) {
                skip();
            }
        }
    }

    /** Moves past this keyword, wherever it stands outside parentheses from here on; whether it was there. */
    boolean find(String keyword) {
        skipTo(List.of(keyword));
        return accept(keyword);
    }

    /** Everything from here to the first of these stops outside parentheses; at least one token. */
    Sql expression(List<String> stops) {
        int begin = tokens.start();
        int line = line();
        if (group() == null && !atEnd()) {
            skip();
        }
        skipTo(stops);
        return new Sql(text.substring(begin, Math.max(begin, consumed)), line);
    }

    /** The rest, cut at the commas outside parentheses and brackets. */
    List<Sql> parts() {
        List<Sql> parts = new ArrayList<>();
        while (!atEnd()) {
            int begin = tokens.start();
            int line = line();
            int brackets = 0;
            while (!atEnd() && !(brackets <= 0 && tokens.is(','))) {
                brackets += tokens.is('[') ? 1 : tokens.is(']') ? -1 : 0;
                if (group() == null) {
                    skip();
                }
            }
            parts.add(new Sql(text.substring(begin, Math.max(begin, consumed)), line));
            accept(',');
        }
        return parts;
    }

    /** The rest in one line, for people. */
    String words() {
        return text.substring(tokens.start()).strip().replaceAll("\\s+", " ");
    }
}
