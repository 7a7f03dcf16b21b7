package io.schemajob.catalog.sql;

import io.schemajob.catalog.sql.SqlToken.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * SQL as a server prints it, without the two choices that the server leaves: {@code now()} is {@code CURRENT_TIMESTAMP},
 * and the order of constants inside {@code IN} means nothing.
 */
public final class PrintedSql {
    private final List<SqlToken> tokens;
    private final List<String> words = new ArrayList<>();
    private int at;

    private PrintedSql(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    /** Equal for two texts that mean the same. */
    public static String canonical(String printed) {
        PrintedSql sql = new PrintedSql(ExpressionLexer.tokens(printed));
        while (sql.at < sql.tokens.size()) {
            sql.next();
        }
        return String.join(" ", sql.words);
    }

    private void next() {
        if (isNow()) {
            words.add("current_timestamp");
            at += 3;
        } else if (isSet() && token(at).isWord("array") && token(at + 1).is("[")) {
            at += 2;
            elements();
        } else if (token(at).kind() == Kind.STRING && isSet()) {
            words.add(new SqlToken(Kind.STRING, sorted(token(at++).text())).canonical());
        } else {
            words.add(token(at++).canonical());
        }
    }

    private SqlToken token(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index) : SqlToken.END;
    }

    private boolean isNow() {
        return (token(at).isWord("now") || token(at).isWord("transaction_timestamp"))
                && token(at + 1).is("(")
                && token(at + 2).is(")")
                && !token(at - 1).is(".");
    }

    /** Whether {@code = ANY (} or {@code <> ALL (} stands before, which is how {@code IN} and {@code NOT IN} are stored. */
    private boolean isSet() {
        int before = at - 1;
        while (token(before).is("(")) {
            before--;
        }
        return before < at - 1
                && (token(before).isWord("any") && token(before - 1).is("=")
                        || token(before).isWord("all") && token(before - 1).is("<>"));
    }

    /** Behind {@code ARRAY[}. Elements that are no constants stay where they are. */
    private void elements() {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        boolean constants = true;
        boolean begins = true;
        for (int depth = 0; at < tokens.size() && !(depth == 0 && token(at).is("]")); at++) {
            SqlToken token = token(at);
            depth += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
            if (depth == 0 && token.is(",")) {
                elements.add(element.toString());
                element.setLength(0);
                begins = true;
                continue;
            }
            if (begins && !token.is("(") && !token.is("-")) {
                constants &= token.kind() == Kind.STRING || token.kind() == Kind.NUMBER;
                begins = false;
            }
            element.append(token.canonical()).append(' ');
        }
        elements.add(element.toString());
        words.add((constants ? elements.stream().sorted() : elements.stream())
                .collect(Collectors.joining(", ", "array [ ", "")));
    }

    /** The literal of an array; one with quotes or other arrays in it stays as it is. */
    private static String sorted(String literal) {
        if (!literal.matches("\\{[^{}\"\\\\]*}")) {
            return literal;
        }
        String[] elements = literal.substring(1, literal.length() - 1).split(",");
        Arrays.sort(elements);
        return "{" + String.join(",", elements) + "}";
    }
}
