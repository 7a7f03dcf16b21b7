package io.schemajob.catalog.sql;

import io.schemajob.catalog.sql.Expr.Kind;
import java.math.BigDecimal;
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
    /** Functions of text, to which PostgreSQL casts a varchar argument of its own accord. */
    private static final Set<String> TEXT_FUNCTIONS = Set.of(
            "lower",
            "upper",
            "initcap",
            "length",
            "char_length",
            "character_length",
            "octet_length",
            "trim",
            "btrim",
            "ltrim",
            "rtrim",
            "left",
            "right",
            "replace",
            "substring",
            "substr",
            "position",
            "strpos",
            "split_part",
            "starts_with",
            "reverse",
            "repeat",
            "lpad",
            "rpad",
            "md5",
            "translate",
            "string_agg",
            "string_to_array",
            "regexp_replace",
            "regexp_match",
            "regexp_matches",
            "to_tsvector",
            "to_tsquery",
            "plainto_tsquery",
            "websearch_to_tsquery",
            "similar_to_escape",
            "jsonb_extract_path_text",
            "encode",
            "decode");

    /** Both sides are compared (or joined) as text whatever kind of text they are. */
    private static final Set<String> TEXTUAL =
            Set.of("||", "=", "<>", "<", ">", "<=", ">=", "~~", "~~*", "!~~", "!~~*", "~", "~*", "!~", "!~*");

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
        String base = type.replaceFirst("\\(.*", "");
        if (value.is(Kind.STRING) && NUMERIC_TYPES.contains(base) && isNumber(value.head())) {
            return number(value.head());
        }
        if (value.is(Kind.STRING) && base.equals("interval")) {
            return Expr.string(IntervalText.canonical(value.head()));
        }
        boolean constants = value.is(Kind.ARRAY) && value.parts().stream().allMatch(Expr::isConstant);
        return value.isConstant() || constants ? value : new Expr(Kind.CAST, type, List.of(value));
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]{1,3})?");
    }

    /** {@code 1e3} is stored as {@code 1000}; but {@code 1.50} keeps its scale. */
    static Expr number(String text) {
        return Expr.number(isNumber(text) ? new BigDecimal(text).toPlainString() : text);
    }

    /** A default whose literal takes the column's type. */
    static Expr typed(Expr value, String type) {
        if (value.is(Kind.STRING)) {
            return cast(value, type);
        }
        return value.is(Kind.NUMBER) && TEXT_TYPES.contains(type.replaceFirst("\\(.*", ""))
                ? Expr.string(value.head())
                : value;
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
        if (TEXTUAL.contains(operator)) {
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
        if (plain.equals("trim") && arguments.size() > 1 && arguments.get(0).equals(Expr.name("both"))) {
            return call("trim", arguments.subList(1, arguments.size()));
        }
        if (plain.equals("trim") && arguments.size() == 2 && arguments.get(0).equals(Expr.name("from"))) {
            return call("trim", arguments.subList(1, arguments.size()));
        }
        return Expr.node(
                plain + "()",
                TEXT_FUNCTIONS.contains(plain)
                        ? arguments.stream().map(Rewrites::withoutTextCast).toList()
                        : arguments);
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
