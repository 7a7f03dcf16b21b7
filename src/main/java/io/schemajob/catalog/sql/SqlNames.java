package io.schemajob.catalog.sql;

import io.schemajob.catalog.sql.SqlToken.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Names in SQL text: how to write one, and which ones a text holds. */
public final class SqlNames {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");
    private static final Pattern SEQUENCE = Pattern.compile("nextval\\('((?:[^']++|'')*+)'");
    private static final Pattern LITERAL = Pattern.compile("(\"(?:[^\"]++|\"\")*+\")|'(?:[^']++|'')*+'");
    private static final Pattern PART = Pattern.compile("\"(?:[^\"]++|\"\")++\"|[^\\s'(),.\"]++");
    private static final Pattern NAME = Pattern.compile("(?:" + PART + ")(?:\\.(?:" + PART + "))*+");

    /** May be names of columns but not of everything (PostgreSQL's manual, appendix C, "can be function or type"). */
    private static final Set<String> HALF_RESERVED = Set.of(
            "authorization",
            "binary",
            "collation",
            "concurrently",
            "current_schema",
            "freeze",
            "overlaps",
            "row",
            "values",
            "verbose");

    private SqlNames() {}

    /** The name as it is written in SQL, in quotes only where it needs them. */
    public static String quote(String name) {
        boolean plain = isPlain(name)
                && !Keywords.RESERVED.contains(name)
                && !Keywords.NO_ALIAS.contains(name)
                && !HALF_RESERVED.contains(name);
        return plain ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** Whether its characters need no quotes; it may be a key word all the same. */
    public static boolean isPlain(String name) {
        return PLAIN.matcher(name).matches();
    }

    /** The name that SQL writes so: the way back of {@link #quote}. */
    public static String unquoted(String sql) {
        return sql.length() > 1 && sql.startsWith("\"") && sql.endsWith("\"")
                ? sql.substring(1, sql.length() - 1).replace("\"\"", "\"")
                : sql;
    }

    /**
     * Every word that may be a name, also those inside of string literals such as {@code nextval('ticket_seq')}; not those of
     * a literal that is a value of some type, {@code 'open'::text}, as PostgreSQL prints it. Key words are among them: the
     * caller knows which names there are.
     */
    public static Set<String> mentioned(String sql) {
        Set<String> names = new HashSet<>();
        List<SqlToken> tokens = ExpressionLexer.tokens(sql);
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.kind() == Kind.WORD || token.kind() == Kind.QUOTED) {
                names.add(token.text());
            } else if (mayName(tokens, i)) {
                names.addAll(parts(token));
            }
        }
        return names;
    }

    /** Whether it is a literal that may name something: with a cast only if that is to {@code regclass} or the like. */
    private static boolean mayName(List<SqlToken> tokens, int number) {
        boolean cast = number + 2 < tokens.size() && tokens.get(number + 1).is("::");
        return tokens.get(number).kind() == Kind.STRING
                && (!cast || tokens.get(number + 2).text().startsWith("reg"));
    }

    /** The SQL with nothing in its string literals, where these are data that name nothing. */
    public static String withoutLiterals(String sql) {
        return LITERAL.matcher(sql).replaceAll("$1''");
    }

    /** Every operator by its symbol: {@code <->}. */
    public static Set<String> operators(String sql) {
        Set<String> symbols = new HashSet<>();
        for (SqlToken token : ExpressionLexer.tokens(sql)) {
            if (token.kind() == Kind.OPERATOR) {
                symbols.add(token.text());
            }
        }
        return symbols;
    }

    /** Those of {@link #mentioned} that may be functions: a bracket stands behind them, or they are in a string literal. */
    public static Set<String> called(String sql) {
        Set<String> names = new HashSet<>();
        List<SqlToken> tokens = ExpressionLexer.tokens(sql);
        SqlToken last = null;
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.is("(") && last != null && (last.kind() == Kind.WORD || last.kind() == Kind.QUOTED)) {
                names.add(last.text());
            } else if (mayName(tokens, i)) {
                names.addAll(parts(token));
            }
            last = token;
        }
        return names;
    }

    /** The sequences of this schema from which an expression takes values: {@code nextval('ticket_seq'::regclass)}. */
    public static List<String> sequences(String expression) {
        return SEQUENCE.matcher(expression)
                .results()
                .map(match -> match.group(1).replace("''", "'"))
                .map(SqlNames::unquoted)
                .toList();
    }

    /** A name inside of a string literal, by its parts: {@code 'app.ticket_seq'}. */
    private static List<String> parts(SqlToken token) {
        return NAME.matcher(token.text()).matches()
                ? PART.matcher(token.text())
                        .results()
                        .map(part -> unquoted(part.group()))
                        .toList()
                : List.of();
    }
}
