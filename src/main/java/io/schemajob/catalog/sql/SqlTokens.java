package io.schemajob.catalog.sql;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** SQL texts by their tokens, which is all that can be said of them without a server. Null stays null. */
public final class SqlTokens {
    private SqlTokens() {}

    /** One text for all that have the same tokens: case, white space and comments do not count. */
    public static String joined(String sql) {
        return sql == null
                ? null
                : ExpressionLexer.tokens(sql).stream().map(SqlToken::canonical).collect(Collectors.joining(" "));
    }

    /** The same with each type under its shortest name: {@code days int default 30} is {@code days integer DEFAULT 30}. */
    public static String arguments(String sql) {
        return sql == null ? null : TypeNames.briefWords(joined(sql));
    }

    /** Whether the SQL names one of these identifiers. Null names nothing. */
    public static boolean mentions(String sql, Collection<String> identifiers) {
        return sql != null
                && ExpressionLexer.tokens(sql).stream()
                        .anyMatch(token -> (token.kind() == SqlToken.Kind.WORD || token.kind() == SqlToken.Kind.QUOTED)
                                && identifiers.contains(token.text()));
    }

    /**
     * A query; in one of a single relation the columns lose their qualifier, which servers before PostgreSQL 16 print and
     * later ones do not.
     */
    public static String query(String sql) {
        List<SqlToken> tokens = ExpressionLexer.tokens(sql);
        String qualifier = SingleRelation.qualifier(tokens);
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            boolean qualifies = tokens.get(i).canonical().equals(qualifier)
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).is(".")
                    && !(i > 0 && tokens.get(i - 1).is("."));
            if (qualifies) {
                i++;
            } else {
                query.append(tokens.get(i).canonical()).append(' ');
            }
        }
        return query.toString();
    }

    /** Whether every bracket is closed by one of its sort, so that the SQL cannot leave brackets around it. */
    public static boolean isBalanced(String sql) {
        Deque<String> open = new ArrayDeque<>();
        for (SqlToken token : ExpressionLexer.tokens(sql)) {
            if (token.is("(") || token.is("[")) {
                open.push(token.is("(") ? ")" : "]");
            } else if ((token.is(")") || token.is("]")) && (open.isEmpty() || !token.is(open.pop()))) {
                return false;
            }
        }
        return open.isEmpty();
    }

    /** Whether the SQL is nothing but NULL, perhaps with a cast. */
    public static boolean isNull(String sql) {
        return joined(sql).matches("[( ]*null[) ]*(::.*)?");
    }

    /** The body of a function in another language: line ends, white space at line ends and blank edges do not count. */
    public static String body(String text) {
        return text.lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"))
                .strip();
    }
}
