package io.schemajob.catalog.sql;

import io.schemajob.catalog.sql.SqlToken.Kind;
import io.schemajob.catalog.sql.TokenStream.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses what stands between operators: literals, columns, calls, casts, CASE, arrays, rows, subqueries. */
final class OperandParser {
    /** Reserved words between the arguments of functions with a grammar of their own, and of aggregates. */
    private static final Set<String> CONNECTORS = Set.of(
            "from",
            "for",
            "in",
            "placing",
            "using",
            "both",
            "leading",
            "trailing",
            "distinct",
            "all",
            "variadic",
            "desc");

    private final TokenStream in;
    private final ExpressionParser expressions;

    OperandParser(TokenStream in, ExpressionParser expressions) {
        this.in = in;
        this.expressions = expressions;
    }

    Expr operand() throws Unknown {
        Expr value = primary();
        while (true) {
            if (in.take("::")) {
                value = Rewrites.cast(value, TypeParser.parse(in));
            } else if (in.take("[")) {
                value = Expr.node("subscript", subscript(value));
            } else if (in.take(".")) {
                value = Expr.node("field", value, Expr.name(in.take("*") ? "*" : in.name()));
            } else {
                return value;
            }
        }
    }

    private List<Expr> subscript(Expr value) throws Unknown {
        List<Expr> parts = new ArrayList<>(List.of(value));
        while (!in.take("]")) {
            parts.add(in.take(":") ? Expr.name(":") : expressions.expression());
        }
        return parts;
    }

    private Expr primary() throws Unknown {
        SqlToken token = in.peek();
        switch (token.kind()) {
            case STRING -> {
                in.next();
                return Expr.string(token.text());
            }
            case NUMBER -> {
                in.next();
                return Rewrites.number(token.text());
            }
            case WORD, QUOTED -> {
                return word();
            }
            default -> {
                if (in.take("*")) {
                    return Expr.name("*");
                }
                return parenthesised();
            }
        }
    }

    /** {@code (a)} is {@code a}; {@code (a, b)} is a row; {@code (SELECT …)} is a query. */
    Expr parenthesised() throws Unknown {
        in.expect("(");
        if (QueryParser.starts(in)) {
            Expr query = new QueryParser(in).query();
            in.expect(")");
            return query;
        }
        List<Expr> items = list(")");
        return items.size() == 1 ? items.get(0) : Expr.node("row", items);
    }

    /** Expressions between commas, up to and with the closing mark. */
    List<Expr> list(String close) throws Unknown {
        List<Expr> items = new ArrayList<>();
        if (in.take(close)) {
            return items;
        }
        do {
            items.add(expressions.expression());
        } while (in.take(","));
        in.expect(close);
        return items;
    }

    private Expr word() throws Unknown {
        if (in.takeWords("case")) {
            return caseOf();
        }
        if (in.takeWords("array")) {
            return in.take("[") ? Rewrites.array(list("]")) : Expr.node("array", parenthesised());
        }
        if (in.seesWords("exists") || in.seesWords("row") && in.peek(1).is("(")) {
            String head = in.next().text();
            Expr content = parenthesised();
            return head.equals("row") ? content : Expr.node(head, content);
        }
        if (in.seesWords("cast") && in.peek(1).is("(")) {
            return cast();
        }
        if (in.peek().kind() == Kind.WORD && in.peek(1).kind() == Kind.STRING) {
            String type = TypeNames.canonical(in.next().text());
            return Rewrites.cast(Expr.string(in.next().text()), type);
        }
        String name = dottedName();
        if (name.equals("position") && in.take("(")) {
            Expr part = expressions.operator();
            in.expectWords("in");
            Expr whole = expressions.operator();
            in.expect(")");
            return Rewrites.call(name, List.of(part, whole));
        }
        if (in.take("(")) {
            return window(filter(Rewrites.call(name, arguments())));
        }
        return Expr.name(name);
    }

    String dottedName() throws Unknown {
        StringBuilder name = new StringBuilder(in.name());
        while (in.peek().is(".")) {
            in.next();
            name.append('.').append(in.take("*") ? "*" : in.name());
        }
        return name.toString();
    }

    private Expr cast() throws Unknown {
        in.next();
        in.expect("(");
        Expr value = expressions.expression();
        in.expectWords("as");
        String type = TypeParser.parse(in);
        in.expect(")");
        return Rewrites.cast(value, type);
    }

    private Expr caseOf() throws Unknown {
        List<Expr> parts = new ArrayList<>();
        if (!in.seesWords("when")) {
            parts.add(expressions.expression());
        }
        while (in.takeWords("when")) {
            Expr condition = expressions.expression();
            in.expectWords("then");
            parts.add(Expr.node("when", condition, expressions.expression()));
        }
        // Without ELSE the value is NULL, and that is what PostgreSQL prints.
        parts.add(
                in.takeWords("else")
                        ? Expr.node("else", expressions.expression())
                        : Expr.node("else", Expr.name("null")));
        in.expectWords("end");
        return Expr.node("case", parts);
    }

    /** Arguments of a call, or the inside of a window, up to and with the closing bracket. */
    private List<Expr> arguments() throws Unknown {
        List<Expr> parts = new ArrayList<>();
        while (!in.take(")")) {
            String words = phrase();
            if (words != null) {
                parts.add(Expr.name(words));
            } else if (in.seesWords("rows") || in.seesWords("range") || in.seesWords("groups")) {
                parts.add(Expr.name(in.rawUntilClose()));
            } else if (in.peek(1).is("=>") || in.peek(1).is(":=")) {
                String name = in.name();
                in.next();
                parts.add(Expr.node("=>", Expr.name(name), expressions.expression()));
            } else if (!in.take(",") && !in.takeWords("asc")) {
                parts.add(expressions.expression());
            }
        }
        return parts;
    }

    private String phrase() {
        for (String first : List.of("order", "partition")) {
            if (in.takeWords(first, "by")) {
                return first + " by";
            }
        }
        for (String place : List.of("first", "last")) {
            if (in.takeWords("nulls", place)) {
                return "nulls " + place;
            }
        }
        boolean connector =
                in.peek().kind() == Kind.WORD && CONNECTORS.contains(in.peek().text());
        return connector ? in.next().text() : null;
    }

    private Expr filter(Expr call) throws Unknown {
        Expr result = call;
        if (in.takeWords("within", "group")) {
            in.expect("(");
            result = Expr.node("within group", result, Expr.node("", arguments()));
        }
        if (in.takeWords("filter")) {
            in.expect("(");
            in.expectWords("where");
            result = Expr.node("filter", result, expressions.expression());
            in.expect(")");
        }
        return result;
    }

    private Expr window(Expr call) throws Unknown {
        if (!in.takeWords("over")) {
            return call;
        }
        if (!in.take("(")) {
            return Expr.node("over", call, Expr.name(in.name()));
        }
        List<Expr> parts = new ArrayList<>(List.of(call));
        parts.addAll(arguments());
        return Expr.node("over", parts);
    }
}
