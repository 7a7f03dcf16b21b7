package io.schemajob.catalog.sql;

import io.schemajob.catalog.sql.Expr.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The equalities by which PostgreSQL's printed form differs from what people write. Each one keeps the meaning: what
 * PostgreSQL derives by itself (the type of a literal, the cast of a comparison to text) is dropped on both sides.
 */
final class Rewrites {
    private static final Set<String> TEXT_TYPES = Set.of("text", "character varying", "text[]", "character varying[]");
    private static final Set<String> NUMERIC_TYPES =
            Set.of("smallint", "integer", "bigint", "numeric", "real", "double precision");
    private static final Map<String, String> OPERATORS = Map.of("!=", "<>", "like", "~~", "ilike", "~~*");
    private static final Map<String, String> NEGATED = Map.of("~~", "!~~", "~~*", "!~~*", "in", "not in", "=", "<>");
    private static final Set<String> COMPARISONS =
            Set.of("=", "<>", "<", ">", "<=", ">=", "~~", "~~*", "!~~", "!~~*", "~", "~*", "!~", "!~*");

    private Rewrites() {}

    static String operator(String written) {
        return OPERATORS.getOrDefault(written, written);
    }

    static boolean isComparison(String operator) {
        return Set.of("=", "<>", "<", ">", "<=", ">=").contains(operator);
    }

    static String negated(String operator) {
        return NEGATED.getOrDefault(operator, "not " + operator);
    }

    static Expr cast(Expr value, String type) {
        if (value.is(Kind.STRING) && NUMERIC_TYPES.contains(type.replaceFirst("\\(.*", "")) && isNumber(value.head())) {
            return Expr.number(value.head());
        }
        boolean constants = value.is(Kind.ARRAY) && value.parts().stream().allMatch(Expr::isConstant);
        return value.isConstant() || constants ? value : new Expr(Kind.CAST, type, List.of(value));
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9]+(\\.[0-9]+)?");
    }

    static Expr array(List<Expr> elements) {
        return elements.isEmpty() ? Expr.string("{}") : new Expr(Kind.ARRAY, "", List.copyOf(elements));
    }

    static Expr minus(Expr value) {
        return value.is(Kind.NUMBER) && !value.head().startsWith("-")
                ? Expr.number("-" + value.head())
                : Expr.node("-", value);
    }

    static Expr binary(String operator, Expr left, Expr right) {
        if (COMPARISONS.contains(operator)) {
            return Expr.node(operator, withoutTextCast(left), withoutTextCast(right));
        }
        return Expr.node(operator, left, right);
    }

    /** {@code x = ANY (ARRAY[…])} and {@code x <> ALL (ARRAY[…])} are how {@code IN} is stored. */
    static Expr quantified(String operator, String quantifier, Expr left, Expr right) {
        Expr set = withoutTextCast(right);
        if (set.is(Kind.ARRAY) && operator.equals("=") && quantifier.equals("any")) {
            return in("in", left, set.parts());
        }
        if (set.is(Kind.ARRAY) && operator.equals("<>") && quantifier.equals("all")) {
            return in("not in", left, set.parts());
        }
        return Expr.node(operator + " " + quantifier, withoutTextCast(left), set);
    }

    static Expr in(String operator, Expr left, List<Expr> values) {
        if (values.size() == 1) {
            return binary(operator.equals("in") ? "=" : "<>", left, values.get(0));
        }
        List<Expr> parts = new ArrayList<>();
        parts.add(withoutTextCast(left));
        values.stream()
                .map(Rewrites::withoutTextCast)
                .sorted(Comparator.comparing(Expr::canonical))
                .distinct()
                .forEach(parts::add);
        return Expr.node(operator, parts);
    }

    static Expr between(boolean negated, Expr value, Expr low, Expr high) {
        return negated
                ? Expr.node("or", binary("<", value, low), binary(">", value, high))
                : Expr.node("and", binary(">=", value, low), binary("<=", value, high));
    }

    /** {@code a AND (b AND c)} is {@code a AND b AND c}. */
    static Expr chain(String word, List<Expr> operands) {
        if (operands.size() == 1) {
            return operands.get(0);
        }
        List<Expr> flat = new ArrayList<>();
        for (Expr operand : operands) {
            if (operand.is(Kind.NODE) && operand.head().equals(word)) {
                flat.addAll(operand.parts());
            } else {
                flat.add(operand);
            }
        }
        return Expr.node(word, flat);
    }

    static Expr call(String name, List<Expr> arguments) {
        String plain = name.startsWith("pg_catalog.") ? name.substring("pg_catalog.".length()) : name;
        if (arguments.isEmpty() && (plain.equals("now") || plain.equals("transaction_timestamp"))) {
            return Expr.name("current_timestamp");
        }
        return Expr.node(plain + "()", arguments);
    }

    private static Expr withoutTextCast(Expr value) {
        if (value.is(Kind.CAST) && TEXT_TYPES.contains(value.head())) {
            return withoutTextCast(value.parts().get(0));
        }
        if (value.is(Kind.ARRAY)) {
            return array(value.parts().stream().map(Rewrites::withoutTextCast).toList());
        }
        return value;
    }
}
