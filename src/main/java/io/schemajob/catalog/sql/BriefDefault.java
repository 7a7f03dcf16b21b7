package io.schemajob.catalog.sql;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A default without the casts that PostgreSQL adds to it, as {@code snapshot} writes it. */
public final class BriefDefault {
    private static final Pattern CAST_LITERAL =
            Pattern.compile("('(?:[^']++|'')*+')::([a-z][a-z ]*(?:\\([0-9, ]+\\))?[a-z ]*(?:\\[])*)");
    private static final Pattern CAST_NUMBER = Pattern.compile("'(-?[0-9.]+)'::(smallint|integer|bigint|numeric)");
    private static final Pattern SEQUENCE = Pattern.compile("nextval\\(('(?:[^']++|'')*+')::regclass\\)");
    private static final Pattern LITERAL = Pattern.compile("(?:'((?:[^']++|'')*+)'|(-?[0-9.]+))(?:::[^']*)?");
    private static final Set<String> TEXT = Set.of("text", "character varying", "character");

    private BriefDefault() {}

    /**
     * {@code ''::text} as {@code ''}, {@code nextval('s'::regclass)} as {@code nextval('s')}. A literal of another type than
     * the column's keeps its cast.
     *
     * @param expression as PostgreSQL prints it, or null
     * @param type of the column
     */
    public static String of(String expression, String type) {
        if (expression == null) {
            return null;
        }
        Matcher number = CAST_NUMBER.matcher(expression);
        if (number.matches() && !isText(type)) {
            return number.group(1);
        }
        Matcher literal = CAST_LITERAL.matcher(expression);
        if (literal.matches() && isSame(literal.group(2), type)) {
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

    private static boolean isSame(String cast, String type) {
        return TypeNames.base(cast).equals(TypeNames.base(type)) || isText(cast) && isText(type);
    }

    private static boolean isText(String type) {
        return TEXT.contains(TypeNames.base(type));
    }
}
