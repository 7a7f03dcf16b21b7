package io.schemajob.lint.sql;

import java.util.List;

/**
 * Whether {@code ALTER COLUMN … TYPE} rewrites a table on PostgreSQL 14 to 18, in a session whose time zone is UTC, as
 * that of every run is. An integration test asks real servers about every pair of some forty types.
 *
 * @see <a href="https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/commands/tablecmds.c">
 *     ATColumnChangeRequiresRewrite</a>
 */
public final class TypeChange {
    /** The precision that timestamps and the like have anyway. */
    private static final int FINEST = 6;

    private static final List<String> INTERVAL_FIELDS = List.of("SECOND", "MINUTE", "HOUR", "DAY", "MONTH", "YEAR");

    private static final List<String> ZONED = List.of("timestamp", "timestamptz");

    private TypeChange() {}

    /** Types that are not known here rewrite unless they stay the same. */
    public static boolean rewrites(SqlType from, SqlType to) {
        if (from.equals(to)) {
            return false;
        } else if (from.array() || to.array()) {
            return true;
        }
        return from.name().equals(to.name()) ? shrinks(from, to) : converts(from, to);
    }

    /** Whether indexes on the column are built again even where the table is not rewritten. */
    public static boolean rebuildsIndexes(SqlType from, SqlType to) {
        return !from.name().equals(to.name()) && ZONED.contains(from.name()) && ZONED.contains(to.name());
    }

    private static boolean shrinks(SqlType from, SqlType to) {
        return switch (to.name()) {
            case "varchar", "varbit" ->
                !to.modifiers().isEmpty() && (from.modifiers().isEmpty() || number(from, 0) > number(to, 0));
            case "numeric" ->
                !to.modifiers().isEmpty()
                        && (from.modifiers().isEmpty()
                                || number(from, 0) > number(to, 0)
                                || number(from, 1) != number(to, 1));
            case "timestamp", "timestamptz", "time", "timetz" -> !keepsPrecision(from, to);
            case "interval" -> leastField(to) > leastField(from) || precision(to) < precision(from);
            default -> true;
        };
    }

    private static boolean keepsPrecision(SqlType from, SqlType to) {
        if (to.modifiers().isEmpty()) {
            return true;
        }
        boolean plain = to.modifiers().size() == 1 && to.modifiers().get(0).matches("\\d+");
        boolean wasPlain = from.modifiers().isEmpty() || from.modifiers().get(0).matches("\\d+");
        int before = from.modifiers().isEmpty() ? FINEST : number(from, 0);
        return plain && wasPlain && from.modifiers().size() <= 1 && number(to, 0) >= before;
    }

    /** How coarse the smallest field of an interval is, which alone decides (interval_support in PostgreSQL). */
    private static int leastField(SqlType interval) {
        return interval.modifiers().stream()
                .filter(INTERVAL_FIELDS::contains)
                .mapToInt(INTERVAL_FIELDS::indexOf)
                .min()
                .orElse(0);
    }

    private static int precision(SqlType interval) {
        return interval.modifiers().stream()
                .filter(modifier -> modifier.matches("\\d{1,9}"))
                .mapToInt(Integer::parseInt)
                .min()
                .orElse(FINEST);
    }

    private static boolean converts(SqlType from, SqlType to) {
        boolean unlimited = to.modifiers().isEmpty();
        return switch (from.name() + " " + to.name()) {
            case "varchar text", "cidr inet" -> false;
            case "text varchar", "xml text", "xml varchar", "bit varbit" -> !unlimited;
            case "timestamp timestamptz", "timestamptz timestamp" -> !unlimited && number(to, 0) < FINEST;
            default -> true;
        };
    }

    /** A modifier as a number; a scale that is not given is 0. */
    private static int number(SqlType type, int index) {
        if (index >= type.modifiers().size()) {
            return 0;
        }
        String text = type.modifiers().get(index).replace(" ", "");
        return text.matches("-?\\d{1,9}") ? Integer.parseInt(text) : -1;
    }
}
