package io.schemajob.catalog.sql;

import java.util.List;

/** The relation of a query that has only one, and no query inside. */
final class SingleRelation {
    private static final List<String> ENDS = List.of(
            "where",
            "group",
            "having",
            "window",
            "union",
            "intersect",
            "except",
            "order",
            "limit",
            "offset",
            "fetch",
            "for");

    private SingleRelation() {}

    /** How its columns may be qualified; null if there are more relations, or if it is no plain one. */
    static String qualifier(List<SqlToken> tokens) {
        int from = -1;
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.isWord("from") && from >= 0 || token.isWord("select") && i > 0) {
                return null;
            }
            from = token.isWord("from") ? i : from;
        }
        return from < 0 ? null : name(tokens, from + 1);
    }

    /** {@code [schema.]relation [[AS] alias]}, and then the end or the next clause. */
    private static String name(List<SqlToken> tokens, int start) {
        int at = start;
        String name = word(tokens, at++);
        if (isMark(tokens, at, ".")) {
            name = word(tokens, at + 1);
            at += 2;
        }
        if (at < tokens.size() && tokens.get(at).isWord("as")) {
            at++;
        }
        if (at < tokens.size() && !ends(tokens.get(at))) {
            name = word(tokens, at++);
        }
        return at >= tokens.size() || ends(tokens.get(at)) ? name : null;
    }

    private static boolean ends(SqlToken token) {
        return token.kind() == SqlToken.Kind.WORD && ENDS.contains(token.text());
    }

    private static boolean isMark(List<SqlToken> tokens, int at, String mark) {
        return at < tokens.size() && tokens.get(at).is(mark);
    }

    private static String word(List<SqlToken> tokens, int at) {
        SqlToken token = at < tokens.size() ? tokens.get(at) : SqlToken.END;
        return token.kind() == SqlToken.Kind.WORD || token.kind() == SqlToken.Kind.QUOTED ? token.canonical() : null;
    }
}
