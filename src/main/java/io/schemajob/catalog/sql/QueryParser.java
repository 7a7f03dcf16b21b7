package io.schemajob.catalog.sql;

import io.schemajob.catalog.sql.TokenStream.Unknown;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses SELECT, VALUES, set operations and WITH.
 *
 * <p>From version 16 on PostgreSQL no longer qualifies columns in a view over a single relation; so here, wherever a
 * SELECT has one relation only, its name before a column is dropped.
 */
final class QueryParser {
    static final String QUERY = "query";

    private final TokenStream in;
    private final ExpressionParser expressions;
    private final OperandParser operands;

    QueryParser(TokenStream in) {
        this.in = in;
        this.expressions = new ExpressionParser(in);
        this.operands = new OperandParser(in, expressions);
    }

    static boolean starts(TokenStream in) {
        int depth = 0;
        while (in.peek(depth).is("(")) {
            depth++;
        }
        SqlToken first = in.peek(depth);
        return first.isWord("select") || first.isWord("with") || first.isWord("values");
    }

    Expr query() throws Unknown {
        List<Expr> clauses = new ArrayList<>();
        if (in.takeWords("with")) {
            clauses.add(with());
        }
        Expr left = intersection();
        while (in.seesWords("union") || in.seesWords("except")) {
            String operation = in.next().text() + (in.takeWords("all") ? " all" : "");
            left = Expr.node(operation, left, intersection());
        }
        clauses.add(left);
        tail(clauses);
        return clauses.size() == 1 ? left : Expr.node(QUERY, clauses);
    }

    private Expr with() throws Unknown {
        List<Expr> parts = new ArrayList<>();
        String head = in.takeWords("recursive") ? "with recursive" : "with";
        do {
            List<Expr> part = new ArrayList<>(List.of(Expr.name(in.name())));
            if (in.take("(")) {
                part.addAll(operands.list(")"));
            }
            in.expectWords("as");
            if (in.seesWords("not") || in.seesWords("materialized")) {
                part.add(Expr.name(in.takeWords("not") ? "not materialized" : "materialized"));
                in.takeWords("materialized");
            }
            part.add(operands.parenthesised());
            parts.add(Expr.node("cte", part));
        } while (in.take(","));
        return Expr.node(head, parts);
    }

    private Expr intersection() throws Unknown {
        Expr left = term();
        while (in.takeWords("intersect")) {
            left = Expr.node(in.takeWords("all") ? "intersect all" : "intersect", left, term());
        }
        return left;
    }

    private Expr term() throws Unknown {
        if (in.peek().is("(")) {
            return operands.parenthesised();
        }
        if (in.takeWords("values")) {
            List<Expr> rows = new ArrayList<>();
            do {
                in.expect("(");
                rows.add(Expr.node("row", operands.list(")")));
            } while (in.take(","));
            return Expr.node(QUERY, Expr.node("values", rows));
        }
        in.expectWords("select");
        return select();
    }

    private Expr select() throws Unknown {
        List<Expr> clauses = new ArrayList<>();
        String head = in.takeWords("distinct") ? "select distinct" : "select";
        in.takeWords("all");
        if (head.endsWith("distinct") && in.takeWords("on")) {
            in.expect("(");
            clauses.add(Expr.node("on", operands.list(")")));
        }
        clauses.add(Expr.node(head, items()));
        FromParser from = new FromParser(in, expressions, operands);
        if (in.takeWords("from")) {
            clauses.add(from.parse());
        }
        if (in.takeWords("where")) {
            clauses.add(Expr.node("where", expressions.expression()));
        }
        if (in.takeWords("group", "by")) {
            clauses.add(Expr.node("group by", groups()));
        }
        if (in.takeWords("having")) {
            clauses.add(Expr.node("having", expressions.expression()));
        }
        orderAndLimit(clauses);
        String only = from.onlyRelation();
        List<Expr> result = only == null
                ? clauses
                : clauses.stream().map(clause -> clause.withoutQualifier(only)).toList();
        return Expr.node(QUERY, result);
    }

    private List<Expr> items() throws Unknown {
        List<Expr> items = new ArrayList<>();
        if (in.seesWords("from") || in.atEnd()) {
            return items;
        }
        do {
            Expr value = expressions.expression();
            items.add(Expr.node("as " + alias(value), value));
        } while (in.take(","));
        return items;
    }

    /** The name of the column: what AS says, or what PostgreSQL derives (its manual, "Column Labels"). */
    private String alias(Expr value) throws Unknown {
        if (in.takeWords("as")) {
            return in.name();
        }
        if (in.seesName() && !Keywords.NO_ALIAS.contains(in.peek().text())) {
            return in.name();
        }
        return impliedName(value);
    }

    private static String impliedName(Expr value) {
        return switch (value.kind()) {
            case NAME -> value.head().substring(value.head().lastIndexOf('.') + 1);
            case CAST -> impliedName(value.parts().get(0));
            case NODE ->
                value.head().endsWith("()")
                        ? value.head().substring(0, value.head().length() - 2)
                        : switch (value.head()) {
                            case "filter", "over", "within group" ->
                                impliedName(value.parts().get(0));
                            case "case", "array", "exists" -> value.head();
                            default -> "?";
                        };
            default -> "?";
        };
    }

    private List<Expr> groups() throws Unknown {
        List<Expr> groups = new ArrayList<>();
        do {
            groups.add(expressions.expression());
        } while (in.take(","));
        return groups;
    }

    private void tail(List<Expr> clauses) throws Unknown {
        orderAndLimit(clauses);
        if (in.seesWords("for") || in.seesWords("window")) {
            throw new Unknown(in.peek().text());
        }
    }

    private void orderAndLimit(List<Expr> clauses) throws Unknown {
        if (in.takeWords("order", "by")) {
            clauses.add(Expr.node("order by", order()));
        }
        if (in.takeWords("limit")) {
            clauses.add(Expr.node("limit", expressions.expression()));
        }
        if (in.takeWords("offset")) {
            clauses.add(Expr.node("offset", expressions.expression()));
        }
    }

    private List<Expr> order() throws Unknown {
        List<Expr> keys = new ArrayList<>();
        do {
            Expr key = expressions.expression();
            boolean descending = in.takeWords("desc");
            in.takeWords("asc");
            String nulls = in.takeWords("nulls") ? in.name() : descending ? "first" : "last";
            keys.add(Expr.node((descending ? "desc " : "asc ") + nulls, key));
        } while (in.take(","));
        return keys;
    }
}
