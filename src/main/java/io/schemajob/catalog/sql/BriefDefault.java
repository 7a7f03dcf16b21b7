package io.schemajob.catalog.sql;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A default without the casts that PostgreSQL adds to it, as {@code snapshot} writes it. */
public final class BriefDefault {
    private static final Pattern CAST_LITERAL = Pattern.compile("('(?:[^']++|'')*+')::([a-z][a-z ]*(?:\\[])*)");
    /** How PostgreSQL prints {@code -4}, whatever number the column is. */
    private static final Pattern NEGATIVE = Pattern.compile("'(-[0-9]+)'::integer");

    private static final Pattern SEQUENCE = Pattern.compile("nextval\\(('(?:[^']++|'')*+')::regclass\\)");
    private static final Pattern LITERAL = Pattern.compile("(?:'((?:[^']++|'')*+)'|(-?[0-9.]+))(?:::[^']*)?");
    private static final Set<String> NUMBERS = Set.of("smallint", "integer", "bigint", "numeric");

    private BriefDefault() {}

    /**
     * {@code ''::text} as {@code ''}, {@code nextval('s'::regclass)} as {@code nextval('s')}. Only where PostgreSQL adds the
     * very same again in such a column: {@code '2'::bigint} is {@code '2'} and not {@code 2}, which it would print
     * otherwise, and a literal of another type than the column's keeps its cast.
     *
     * @param expression as PostgreSQL prints it, or null
     * @param type of the column
     */
    public static String of(String expression, String type) {
        if (expression == null) {
            return null;
        }
        Matcher negative = NEGATIVE.matcher(expression);
        if (negative.matches() && NUMBERS.contains(TypeNames.base(type))) {
            return negative.group(1);
        }
        Matcher literal = CAST_LITERAL.matcher(expression);
        if (literal.matches() && TypeNames.base(literal.group(2)).equals(TypeNames.base(type))) {
            return literal.group(1);
        }
        Matcher sequence = SEQUENCE.matcher(expression);
        return sequence.matches() ? "nextval(" + sequence.group(1) + ")" : expression;
    }

    /** A string or number without the type that it is cast to; anything else as it is. Null stays null. */
    public static String literal(String expression) {
        Matcher literal = LITERAL.matcher(expression == null ? "" : expression);
        if (!literal.matches()) {
            return expression;
        }
        return literal.group(1) == null ? literal.group(2) : literal.group(1);
    }
}
