package io.schemajob.catalog.sql;

import io.schemajob.catalog.sql.Expr.Kind;
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
    private static final String SELECT = "select";

    private final TokenStream in;
    private final ExpressionParser expressions;
    private final OperandParser operands;

    QueryParser(TokenStream in) {
        this.in = in;
        this.expressions = new ExpressionParser(in);
        this.operands = new OperandParser(in, expressions);
    }

    /**
     * An operand of a set operation.
     *
     * @param expr what it is
     * @param items its select list, to which ORDER BY may refer by name or number
     * @param relation the only relation in its FROM, or null
     */
    private record Term(Expr expr, List<Expr> items, String relation) {
        static Term of(Expr expr) {
            return new Term(expr, List.of(), null);
        }

        Expr unqualified(Expr clause) {
            return relation == null ? clause : clause.withoutQualifier(relation);
        }
    }

    static boolean starts(TokenStream in) {
        int depth = 0;
        while (in.peek(depth).is("(")) {
            depth++;
        }
        SqlToken first = in.peek(depth);
        return first.isWord(SELECT) || first.isWord("with") || first.isWord("values");
    }

    Expr query() throws Unknown {
        List<Expr> clauses = new ArrayList<>();
        if (in.takeWords("with")) {
            clauses.add(with());
        }
        Term left = intersection();
        while (in.seesWords("union") || in.seesWords("except")) {
            left = setOperation(left, intersectionAfter(in.next().text()));
        }
        clauses.add(left.expr());
        tail(left, clauses);
        return clauses.size() == 1 ? left.expr() : Expr.node(QUERY, clauses);
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

    private Term intersection() throws Unknown {
        Term left = term();
        while (in.takeWords("intersect")) {
            String all = in.takeWords("all") ? "intersect all" : "intersect";
            left = setOperation(left, Expr.node(all, term().expr()));
        }
        return left;
    }

    private Expr intersectionAfter(String operation) throws Unknown {
        return Expr.node(
                in.takeWords("all") ? operation + " all" : operation,
                intersection().expr());
    }

    /** The columns are named after the first operand; names in the second have no meaning. */
    private static Term setOperation(Term left, Expr operation) {
        Expr right = anonymous(operation.parts().get(0));
        return Term.of(Expr.node(operation.head(), left.expr(), right));
    }

    private static Expr anonymous(Expr query) {
        if (!query.is(Kind.NODE)) {
            return query;
        }
        if (query.head().startsWith(SELECT)) {
            return Expr.node(
                    query.head(),
                    query.parts().stream()
                            .map(item -> Expr.node("as", item.parts()))
                            .toList());
        }
        return query.head().equals(QUERY)
                ? Expr.node(
                        QUERY,
                        query.parts().stream().map(QueryParser::anonymous).toList())
                : query;
    }

    private Term term() throws Unknown {
        if (in.peek().is("(")) {
            return Term.of(operands.parenthesised());
        }
        if (in.takeWords("values")) {
            List<Expr> rows = new ArrayList<>();
            do {
                in.expect("(");
                rows.add(Expr.node("row", operands.list(")")));
            } while (in.take(","));
            return Term.of(Expr.node(QUERY, Expr.node("values", rows)));
        }
        in.expectWords(SELECT);
        return select();
    }

    private Term select() throws Unknown {
        List<Expr> clauses = new ArrayList<>();
        boolean distinct = in.takeWords("distinct");
        in.takeWords("all");
        if (distinct && in.takeWords("on")) {
            in.expect("(");
            clauses.add(Expr.node("on", operands.list(")")));
        }
        List<Expr> items = items();
        clauses.add(Expr.node(distinct ? SELECT + " distinct" : SELECT, items));
        FromParser from = new FromParser(in, expressions, operands);
        if (in.takeWords("from")) {
            clauses.add(from.parse());
        }
        if (in.takeWords("where")) {
            clauses.add(Expr.node("where", expressions.expression()));
        }
        if (in.takeWords("group", "by")) {
            clauses.add(Expr.node("group by", groups(items)));
        }
        if (in.takeWords("having")) {
            clauses.add(Expr.node("having", expressions.expression()));
        }
        Term whole = new Term(null, items, from.onlyRelation());
        List<Expr> unqualified = clauses.stream().map(whole::unqualified).toList();
        return new Term(Expr.node(QUERY, unqualified), items, from.onlyRelation());
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
        if (in.takeWords("as")
                || in.seesName() && !Keywords.NO_ALIAS.contains(in.peek().text())) {
            return in.name();
        }
        return impliedName(value);
    }

    private static String impliedName(Expr value) {
        return switch (value.kind()) {
            case NAME -> value.head().substring(value.head().lastIndexOf('.') + 1);
            case CAST -> impliedName(value.parts().get(0));
            case NODE -> impliedNameOfNode(value);
            default -> "?";
        };
    }

    private static String impliedNameOfNode(Expr value) {
        if (value.head().endsWith("()")) {
            return value.head().substring(0, value.head().length() - 2);
        }
        return switch (value.head()) {
            case "filter", "over", "within group" -> impliedName(value.parts().get(0));
            case "case", "array", "exists" -> value.head();
            default -> "?";
        };
    }

    private List<Expr> groups(List<Expr> items) throws Unknown {
        List<Expr> groups = new ArrayList<>();
        do {
            groups.add(byNumber(expressions.expression(), items));
        } while (in.take(","));
        return groups;
    }

    private static Expr byNumber(Expr key, List<Expr> items) {
        if (key.is(Kind.NUMBER) && key.head().matches("[0-9]{1,4}")) {
            int number = Integer.parseInt(key.head());
            if (number >= 1 && number <= items.size()) {
                return items.get(number - 1).parts().get(0);
            }
        }
        return key;
    }

    /** In ORDER BY a bare name means the column of the result before that of a relation. */
    private static Expr byName(Expr key, List<Expr> items) {
        return items.stream()
                .filter(item -> key.is(Kind.NAME) && item.head().equals("as " + key.head()))
                .findFirst()
                .map(item -> item.parts().get(0))
                .orElse(key);
    }

    /** PostgreSQL takes LIMIT and OFFSET in either order and prints OFFSET first. */
    private void tail(Term query, List<Expr> clauses) throws Unknown {
        if (in.takeWords("order", "by")) {
            clauses.add(query.unqualified(Expr.node("order by", order(query.items()))));
        }
        Expr limit = null;
        while (in.seesWords("limit") || in.seesWords("offset")) {
            if (in.takeWords("offset")) {
                clauses.add(Expr.node("offset", expressions.expression()));
            } else {
                in.next();
                limit = Expr.node("limit", expressions.expression());
            }
        }
        if (limit != null) {
            clauses.add(limit);
        }
    }

    private List<Expr> order(List<Expr> items) throws Unknown {
        List<Expr> keys = new ArrayList<>();
        do {
            Expr key = byName(byNumber(expressions.expression(), items), items);
            boolean descending = in.takeWords("desc");
            in.takeWords("asc");
            String nulls = in.takeWords("nulls") ? in.name() : descending ? "first" : "last";
            keys.add(Expr.node((descending ? "desc " : "asc ") + nulls, key));
        } while (in.take(","));
        return keys;
    }
}
