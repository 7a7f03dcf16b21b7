package io.schemajob.catalog.sql;

import io.schemajob.catalog.sql.SqlToken.Kind;
import io.schemajob.catalog.sql.TokenStream.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Parses the operators of SQL expressions by PostgreSQL's precedence (its manual, table 4.2), loosest first. Operands
 * are left to {@link OperandParser}.
 */
final class ExpressionParser {
    private static final Set<String> ADDITIVE = Set.of("+", "-");
    private static final Set<String> MULTIPLICATIVE = Set.of("*", "/", "%");

    private final TokenStream in;
    private final OperandParser operands;

    ExpressionParser(TokenStream in) {
        this.in = in;
        this.operands = new OperandParser(in, this);
    }

    Expr expression() throws Unknown {
        List<Expr> parts = new ArrayList<>(List.of(conjunction()));
        while (in.takeWords("or")) {
            parts.add(conjunction());
        }
        return Rewrites.chain("or", parts);
    }

    private Expr conjunction() throws Unknown {
        List<Expr> parts = new ArrayList<>(List.of(negation()));
        while (in.takeWords("and")) {
            parts.add(negation());
        }
        return Rewrites.chain("and", parts);
    }

    private Expr negation() throws Unknown {
        return in.takeWords("not") ? Expr.node("not", negation()) : test();
    }

    private Expr test() throws Unknown {
        Expr left = comparison();
        while (true) {
            if (in.takeWords("isnull")) {
                left = Expr.node("is null", left);
            } else if (in.takeWords("notnull")) {
                left = Expr.node("is not null", left);
            } else if (in.takeWords("is")) {
                left = is(left);
            } else {
                return left;
            }
        }
    }

    private Expr is(Expr left) throws Unknown {
        boolean not = in.takeWords("not");
        if (in.takeWords("distinct", "from")) {
            Expr distinct = Expr.node("is distinct from", left, comparison());
            return not ? Expr.node("not", distinct) : distinct;
        }
        return Expr.node((not ? "is not " : "is ") + in.name(), left);
    }

    private Expr comparison() throws Unknown {
        Expr left = membership();
        while (in.peek().kind() == Kind.OPERATOR
                && Rewrites.isComparison(Rewrites.operator(in.peek().text()))) {
            String operator = Rewrites.operator(in.next().text());
            left = quantified(operator, left, this::membership);
        }
        return left;
    }

    private interface Operand {
        Expr parse() throws Unknown;
    }

    private Expr quantified(String operator, Expr left, Operand right) throws Unknown {
        boolean any = in.seesWords("any") || in.seesWords("some");
        if ((any || in.seesWords("all")) && in.peek(1).is("(")) {
            in.next();
            return Rewrites.quantified(operator, any ? "any" : "all", left, operands.parenthesised());
        }
        return Rewrites.binary(operator, left, right.parse());
    }

    private Expr membership() throws Unknown {
        Expr left = operator();
        while (true) {
            boolean not = in.peek().isWord("not");
            SqlToken word = in.peek(not ? 1 : 0);
            boolean known = word.isWord("between")
                    || word.isWord("like")
                    || word.isWord("ilike")
                    || word.isWord("similar")
                    || word.isWord("in") && in.peek(not ? 2 : 1).is("(");
            if (!known) {
                return left;
            }
            if (not) {
                in.next();
            }
            left = membership(in.next().text(), not, left);
        }
    }

    private Expr membership(String word, boolean not, Expr left) throws Unknown {
        switch (word) {
            case "between" -> {
                in.takeWords("asymmetric");
                Expr low = operator();
                in.expectWords("and");
                return Rewrites.between(not, left, low, operator());
            }
            case "in" -> {
                String operator = not ? "not in" : "in";
                in.expect("(");
                if (QueryParser.starts(in)) {
                    Expr query = new QueryParser(in).query();
                    in.expect(")");
                    return Expr.node(operator, left, query);
                }
                List<Expr> values = operands.list(")");
                return Rewrites.in(operator, left, values);
            }
            case "similar" -> {
                in.expectWords("to");
                Expr pattern = Rewrites.call("similar_to_escape", List.of(operator()));
                return Rewrites.binary(not ? "!~" : "~", left, pattern);
            }
            default -> {
                String operator = Rewrites.operator(word);
                return escaped(not ? Rewrites.negated(operator) : operator, left);
            }
        }
    }

    private Expr escaped(String operator, Expr left) throws Unknown {
        Expr pattern = quantified(operator, left, this::operator);
        return in.takeWords("escape") ? Expr.node("escape", pattern, operator()) : pattern;
    }

    /** Operators without a level of their own: {@code ||}, {@code ->>}, {@code @@}, {@code ~} … */
    Expr operator() throws Unknown {
        Expr left = isOther(in.peek()) ? Expr.node(in.next().text(), additive()) : additive();
        while (true) {
            if (isOther(in.peek())) {
                left = quantified(Rewrites.operator(in.next().text()), left, this::additive);
            } else if (in.peek().isWord("operator") && in.peek(1).is("(")) {
                in.next();
                in.next();
                String operator = in.rawUntilClose().replace(" ", "").replaceFirst("^pg_catalog\\.", "");
                in.expect(")");
                left = Rewrites.binary(operator, left, additive());
            } else {
                return left;
            }
        }
    }

    private static boolean isOther(SqlToken token) {
        return token.kind() == Kind.OPERATOR
                && !Rewrites.isComparison(Rewrites.operator(token.text()))
                && !ADDITIVE.contains(token.text())
                && !MULTIPLICATIVE.contains(token.text())
                && !token.text().equals("^")
                && !token.text().equals("=>");
    }

    private Expr additive() throws Unknown {
        Expr left = multiplicative();
        while (in.peek().kind() == Kind.OPERATOR && ADDITIVE.contains(in.peek().text())) {
            left = Expr.node(in.next().text(), left, multiplicative());
        }
        return left;
    }

    private Expr multiplicative() throws Unknown {
        Expr left = power();
        while (in.peek().kind() == Kind.OPERATOR
                && MULTIPLICATIVE.contains(in.peek().text())) {
            left = Expr.node(in.next().text(), left, power());
        }
        return left;
    }

    private Expr power() throws Unknown {
        Expr left = unary();
        while (in.take("^")) {
            left = Expr.node("^", left, unary());
        }
        return left;
    }

    private Expr unary() throws Unknown {
        if (in.take("-")) {
            return Rewrites.minus(unary());
        }
        if (in.take("+")) {
            return unary();
        }
        Expr value = operands.operand();
        while (true) {
            if (in.takeWords("at", "time", "zone")) {
                value = Expr.node("at time zone", value, operands.operand());
            } else if (in.takeWords("collate")) {
                value = Expr.node("collate " + operands.dottedName(), value);
            } else {
                return value;
            }
        }
    }
}
