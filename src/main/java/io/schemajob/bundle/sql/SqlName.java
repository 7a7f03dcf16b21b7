package io.schemajob.bundle.sql;

import io.schemajob.bundle.sql.SqlLexer.Token;
import java.nio.charset.StandardCharsets;

/**
 * The name of a database object as the catalog holds it: unquoted names folded to lower case, quotes resolved, and cut
 * to the server's 63 bytes.
 *
 * @param schema null when the name is not qualified
 */
public record SqlName(String schema, String name) {
    /** {@code NAMEDATALEN - 1} */
    private static final int LONGEST = 63;

    /** Reads a name at the cursor and moves past it; null if there is none. */
    public static SqlName accept(SqlLexer tokens) {
        String name = part(tokens);
        String schema = null;
        while (name != null && tokens.accept('.')) {
            schema = name;
            name = part(tokens);
        }
        return name == null ? null : new SqlName(schema, name);
    }

    private static String part(SqlLexer tokens) {
        if (tokens.token() == Token.NAME) {
            String quoted = unquote(tokens.lexeme());
            tokens.next();
            return truncate(quoted);
        } else if (tokens.token() != Token.WORD) {
            return null;
        }
        String word = tokens.lexeme();
        tokens.next();
        if (word.equalsIgnoreCase("U") && tokens.accept('&') && tokens.token() == Token.NAME) {
            return truncate(unicode(tokens));
        }
        return truncate(lower(word));
    }

    /** ASCII only, as the server does in UTF-8 databases. */
    private static String lower(String word) {
        StringBuilder folded = new StringBuilder(word);
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + 'a' - 'A'));
            }
        }
        return folded.toString();
    }

    private static String unquote(String lexeme) {
        return lexeme.substring(1, lexeme.length() - 1).replace("\"\"", "\"");
    }

    /** {@code U&"d\0061t\+000061"}, with an optional {@code UESCAPE 'character'} behind it. */
    private static String unicode(SqlLexer tokens) {
        String quoted = unquote(tokens.lexeme());
        tokens.next();
        char escape = '\\';
        if (tokens.accept("UESCAPE")
                && tokens.token() == Token.STRING
                && tokens.lexeme().length() == 3) {
            escape = tokens.lexeme().charAt(1);
            tokens.next();
        }
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            int digits = i + 1 < quoted.length() && quoted.charAt(i + 1) == '+' ? 6 : 4;
            int from = digits == 6 ? i + 2 : i + 1;
            if (c != escape) {
                name.append(c);
            } else if (i + 1 < quoted.length() && quoted.charAt(i + 1) == escape) {
                name.append(c);
                i++;
            } else if (isHexadecimal(quoted, from, from + digits)) {
                name.appendCodePoint(Integer.parseInt(quoted, from, from + digits, 16));
                i = from + digits - 1;
            }
        }
        return name.toString();
    }

    private static boolean isHexadecimal(String text, int from, int to) {
        return to <= text.length()
                && text.substring(from, to).matches("[0-9A-Fa-f]+")
                && Character.isValidCodePoint(Integer.parseInt(text, from, to, 16));
    }

    private static String truncate(String name) {
        String cut = name;
        while (cut.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut;
    }

    @Override
    public String toString() {
        return schema == null ? name : schema + "." + name;
    }
}
