package io.schemajob.catalog.sql;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A node of a parsed expression or query, printed in a form that has no choices left.
 *
 * @param kind what it is
 * @param head operator, name, type or text of a literal
 * @param parts operands in order
 */
record Expr(Kind kind, String head, List<Expr> parts) {
    enum Kind {
        STRING,
        NUMBER,
        /** A column, perhaps qualified: the parts are the names. Also key words such as {@code null}. */
        NAME,
        /** Operators, functions, clauses: the head and its operands in brackets. */
        NODE,
        CAST,
        ARRAY
    }

    static Expr node(String head, List<Expr> parts) {
        return new Expr(Kind.NODE, head, List.copyOf(parts));
    }

    static Expr node(String head, Expr... parts) {
        return node(head, List.of(parts));
    }

    static Expr name(String text) {
        return new Expr(Kind.NAME, text, List.of());
    }

    static Expr string(String text) {
        return new Expr(Kind.STRING, text, List.of());
    }

    static Expr number(String text) {
        return new Expr(Kind.NUMBER, text, List.of());
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    boolean isConstant() {
        return kind == Kind.STRING || kind == Kind.NUMBER || kind == Kind.NAME && head.equals("null");
    }

    /** The expression with every {@code qualifier.column} of this qualifier reduced to the column. */
    Expr withoutQualifier(String qualifier) {
        if (kind == Kind.NAME && head.startsWith(qualifier + ".")) {
            return name(head.substring(qualifier.length() + 1));
        }
        if (kind == Kind.NODE && head.equals(QueryParser.QUERY) || parts.isEmpty()) {
            return this;
        }
        return new Expr(
                kind,
                head,
                parts.stream().map(part -> part.withoutQualifier(qualifier)).toList());
    }

    String canonical() {
        return switch (kind) {
            case STRING -> "'" + head.replace("'", "''") + "'";
            case NUMBER, NAME -> head;
            case NODE -> "(" + head + inner(" ") + ")";
            case CAST -> "(" + parts.get(0).canonical() + "::" + head + ")";
            case ARRAY -> "[" + inner(" ").strip() + "]";
        };
    }

    private String inner(String before) {
        return parts.stream().map(part -> before + part.canonical()).collect(Collectors.joining());
    }
}
