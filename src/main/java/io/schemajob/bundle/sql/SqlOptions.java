package io.schemajob.bundle.sql;

import io.schemajob.bundle.sql.SqlLexer.Token;
import java.util.List;
import java.util.Locale;

/** Boolean options of utility statements: {@code (VERBOSE, CONCURRENTLY off)} or {@code WITH (refresh = false)}. */
final class SqlOptions {
    private static final List<String> FALSE = List.of("false", "off", "0");

    private SqlOptions() {}

    /** Moves past a list in parentheses, if one stands here; tells whether this option is switched on in it. */
    static boolean acceptList(SqlLexer tokens, String option) {
        if (!tokens.is('(')) {
            return false;
        }
        boolean on = false;
        while (!tokens.is(')') && tokens.token() != Token.END) {
            boolean named = tokens.is(option);
            tokens.next();
            if (named) {
                on = !isFalse(tokens);
            }
        }
        tokens.next();
        return on;
    }

    /** Whether one of these options is given as false somewhere from here on. */
    static boolean switchedOff(SqlLexer tokens, String... options) {
        while (tokens.token() != Token.END) {
            boolean named = false;
            for (String option : options) {
                named |= tokens.is(option);
            }
            tokens.next();
            if (named && isFalse(tokens)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFalse(SqlLexer tokens) {
        tokens.accept('=');
        return FALSE.contains(tokens.lexeme().replace("'", "").toLowerCase(Locale.ROOT));
    }
}
