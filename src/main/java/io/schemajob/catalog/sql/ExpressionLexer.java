package io.schemajob.catalog.sql;

import io.schemajob.catalog.sql.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Splits an expression or query, as PostgreSQL prints or people write it, into tokens; white space and comments go.
 *
 * <p>Rules: PostgreSQL manual, "Lexical Structure". Never fails: an unclosed quote ends with the text.
 */
final class ExpressionLexer {
    private static final String OPERATORS = "+-*/<>=~!@#%^&|`?";
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

    /** Of the private use area, so that no other text looks like the code of a character. */
    private static final char CODE = '\uE000';

    private final String sql;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int at;

    private ExpressionLexer(String sql) {
        this.sql = sql;
    }

    static List<SqlToken> tokens(String sql) {
        ExpressionLexer lexer = new ExpressionLexer(sql);
        while (lexer.at < sql.length()) {
            lexer.next();
        }
        return lexer.tokens;
    }

    private void next() {
        char c = sql.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (sql.startsWith("--", at)) {
            at = end(sql.indexOf('\n', at));
        } else if (sql.startsWith("/*", at)) {
            skipBlockComment();
        } else if (c == '\'') {
            string(false);
        } else if ((c == 'e' || c == 'E') && peek(1) == '\'') {
            at++;
            string(true);
        } else if (c == '"') {
            quotedIdentifier();
        } else if (c == '$' && dollarTag() != null) {
            dollarString(dollarTag());
        } else if (isDigit(c) || c == '.' && isDigit(peek(1))) {
            number();
        } else if (Character.isLetter(c) || c == '_' || c == '$') {
            word();
        } else if (OPERATORS.indexOf(c) >= 0) {
            operator();
        } else {
            mark(c);
        }
    }

    private void skipBlockComment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
    }

    private void string(boolean escapes) {
        StringBuilder text = new StringBuilder();
        for (at++; at < sql.length(); at++) {
            char c = sql.charAt(at);
            if (c == '\'' && peek(1) == '\'') {
                at++;
            } else if (c == '\'') {
                break;
            } else if (escapes && c == '\\' && at + 1 < sql.length()) {
                at++;
                unescape(sql.charAt(at), text);
                continue;
            }
            text.append(c);
        }
        at++;
        add(Kind.STRING, text.toString());
    }

    /** Codes of characters stay codes, apart from every text that is written out. */
    private static void unescape(char c, StringBuilder text) {
        switch (c) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case '0', '1', '2', '3', '4', '5', '6', '7', 'x', 'u', 'U' ->
                text.append(CODE).append(c);
            default -> text.append(c);
        }
    }

    private void quotedIdentifier() {
        StringBuilder text = new StringBuilder();
        for (at++; at < sql.length(); at++) {
            char c = sql.charAt(at);
            if (c == '"' && peek(1) == '"') {
                at++;
            } else if (c == '"') {
                break;
            }
            text.append(c);
        }
        at++;
        boolean needless = PLAIN.matcher(text).matches() && !Keywords.isKeyword(text.toString());
        add(needless ? Kind.WORD : Kind.QUOTED, text.toString());
    }

    private String dollarTag() {
        int close = sql.indexOf('$', at + 1);
        if (close < 0) {
            return null;
        }
        String tag = sql.substring(at, close + 1);
        return tag.matches("\\$([A-Za-z_][A-Za-z0-9_]*)?\\$") ? tag : null;
    }

    private void dollarString(String tag) {
        int from = at + tag.length();
        int to = end(sql.indexOf(tag, from));
        add(Kind.STRING, sql.substring(from, to));
        at = Math.min(to + tag.length(), sql.length());
    }

    private void number() {
        int from = at;
        while (isDigit(peek(0)) || peek(0) == '.') {
            at++;
        }
        if ((peek(0) == 'e' || peek(0) == 'E') && (isDigit(peek(1)) || isDigit(peek(2)))) {
            at += 2;
            while (isDigit(peek(0))) {
                at++;
            }
        }
        add(Kind.NUMBER, sql.substring(from, at));
    }

    private void word() {
        int from = at;
        while (at < sql.length() && (Character.isLetterOrDigit(peek(0)) || peek(0) == '_' || peek(0) == '$')) {
            at++;
        }
        add(Kind.WORD, lower(sql.substring(from, at)));
    }

    /** PostgreSQL folds no other letters in UTF-8. */
    private static String lower(String word) {
        int upper = 0;
        while (upper < word.length() && !isUpper(word.charAt(upper))) {
            upper++;
        }
        if (upper == word.length()) {
            return word;
        }
        StringBuilder lower = new StringBuilder(word);
        for (int i = upper; i < lower.length(); i++) {
            char c = lower.charAt(i);
            lower.setCharAt(i, isUpper(c) ? (char) (c + ('a' - 'A')) : c);
        }
        return lower.toString();
    }

    /** An operator of several characters ends in + or - only if it has one of ~ ! @ # % ^ & | ` ? as well. */
    private void operator() {
        int from = at;
        while (at < sql.length()
                && OPERATORS.indexOf(peek(0)) >= 0
                && !sql.startsWith("--", at)
                && !sql.startsWith("/*", at)) {
            at++;
        }
        while (at - from > 1
                && (sql.charAt(at - 1) == '+' || sql.charAt(at - 1) == '-')
                && sql.substring(from, at).chars().noneMatch(c -> "~!@#%^&|`?".indexOf(c) >= 0)) {
            at--;
        }
        add(Kind.OPERATOR, sql.substring(from, at));
    }

    private void mark(char c) {
        boolean two = sql.startsWith("::", at) || sql.startsWith(":=", at);
        add(Kind.MARK, two ? sql.substring(at, at + 2) : String.valueOf(c));
        at += two ? 2 : 1;
    }

    private void add(Kind kind, String text) {
        tokens.add(new SqlToken(kind, text));
    }

    private char peek(int ahead) {
        return at + ahead < sql.length() ? sql.charAt(at + ahead) : '\0';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private int end(int found) {
        return found < 0 ? sql.length() : found;
    }
}
