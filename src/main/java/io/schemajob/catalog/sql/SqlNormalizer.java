package io.schemajob.catalog.sql;

import io.schemajob.catalog.sql.TokenStream.Unknown;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One text for all ways to write the same SQL, so that a declaration by hand, a snapshot of PostgreSQL 14 and the
 * catalog of PostgreSQL 18 compare equal.
 *
 * <p>It parses what PostgreSQL prints for expressions and queries. What it cannot parse is compared by tokens, which
 * ignores case, white space and comments and nothing else: then the result can be a false alarm. What is dropped on both
 * sides is listed in {@link Rewrites}.
 */
public final class SqlNormalizer {
    private SqlNormalizer() {}

    /** An expression: default, check, predicate, index key, trigger condition. Null stays null. */
    public static String expression(String sql) {
        if (sql == null) {
            return null;
        }
        List<SqlToken> tokens = SqlLexer.tokens(sql);
        try {
            TokenStream in = new TokenStream(tokens);
            Expr expression = new ExpressionParser(in).expression();
            if (in.atEnd()) {
                return expression.canonical();
            }
        } catch (Unknown e) {
            // compared by tokens
        }
        return joined(tokens);
    }

    /**
     * A default value; {@code NULL} is the same as none.
     *
     * @param type canonical type of the column, which decides what the literal {@code '1'} is
     */
    public static String defaultValue(String sql, String type) {
        if (sql == null) {
            return null;
        }
        List<SqlToken> tokens = SqlLexer.tokens(sql);
        try {
            TokenStream in = new TokenStream(tokens);
            Expr expression = new ExpressionParser(in).expression();
            if (in.atEnd()) {
                String text = Rewrites.typed(expression, type).canonical();
                return text.equals("null") ? null : text;
            }
        } catch (Unknown e) {
            // compared by tokens
        }
        return joined(tokens);
    }

    /** The query of a view, with or without a closing semicolon. Null stays null. */
    public static String query(String sql) {
        if (sql == null) {
            return null;
        }
        List<SqlToken> tokens = SqlLexer.tokens(sql);
        try {
            TokenStream in = new TokenStream(tokens);
            Expr query = new QueryParser(in).query();
            in.take(";");
            if (in.atEnd()) {
                return query.canonical();
            }
        } catch (Unknown e) {
            // compared by tokens
        }
        return joined(tokens);
    }

    /** Any other piece of SQL that PostgreSQL prints: partition keys and bounds, argument lists, exclusions. */
    public static String tokens(String sql) {
        return sql == null ? null : joined(SqlLexer.tokens(sql));
    }

    /** Arguments or result of a function: {@code days int default 30} is {@code days integer DEFAULT 30}. */
    public static String arguments(String sql) {
        if (sql == null) {
            return null;
        }
        return TypeNames.briefWords(joined(SqlLexer.tokens(sql)));
    }

    /** A {@code BEGIN ATOMIC} block or {@code RETURN} expression. */
    public static String sqlBody(String sql) {
        String text = sql.strip();
        if (text.regionMatches(true, 0, "RETURN", 0, "RETURN".length())) {
            return "return " + expression(text.substring("RETURN".length()));
        }
        StringBuilder body = new StringBuilder();
        List<SqlToken> tokens = SqlLexer.tokens(text);
        int from = 2;
        for (int i = from; i < tokens.size(); i++) {
            if (tokens.get(i).is(";")) {
                body.append(statement(tokens.subList(from, i))).append("; ");
                from = i + 1;
            }
        }
        return body + joined(tokens.subList(Math.min(from, tokens.size()), tokens.size()));
    }

    /** Whether the SQL names one of these identifiers. Null names nothing. */
    public static boolean mentions(String sql, Collection<String> identifiers) {
        return sql != null
                && SqlLexer.tokens(sql).stream()
                        .anyMatch(token -> (token.kind() == SqlToken.Kind.WORD || token.kind() == SqlToken.Kind.QUOTED)
                                && identifiers.contains(token.text()));
    }

    private static String statement(List<SqlToken> tokens) {
        try {
            TokenStream in = new TokenStream(tokens);
            if (QueryParser.starts(in)) {
                Expr query = new QueryParser(in).query();
                if (in.atEnd()) {
                    return query.canonical();
                }
            }
        } catch (Unknown e) {
            // compared by tokens
        }
        return joined(tokens);
    }

    /** The body of a function in another language: line ends, white space at line ends and blank edges do not count. */
    public static String body(String text) {
        return text.lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"))
                .strip();
    }

    private static String joined(List<SqlToken> tokens) {
        return tokens.stream().map(SqlToken::canonical).collect(Collectors.joining(" "));
    }
}
