package io.schemajob.catalog.kind;

import io.schemajob.report.text.PostgresName;
import java.nio.charset.StandardCharsets;

/**
 * The name that PostgreSQL gives to what nobody names, in a schema where no other has it: the longer part is cut first
 * ({@code makeObjectName} in its source).
 */
public final class ChosenName {
    private ChosenName() {}

    /** As of a domain's constraint. */
    public static String of(String name, String label) {
        return clipped(name, PostgresName.LONGEST_BYTES - label.length() - 1) + "_" + label;
    }

    /** As of a constraint on one column of a table. */
    public static String of(String table, String column, String label) {
        int room = PostgresName.LONGEST_BYTES - label.length() - 2;
        int first = bytes(table);
        int second = bytes(column);
        while (first + second > room) {
            if (first > second) {
                first--;
            } else {
                second--;
            }
        }
        return clipped(table, first) + "_" + clipped(column, second) + "_" + label;
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String clipped(String name, int room) {
        String clipped = name;
        while (bytes(clipped) > room) {
            clipped = clipped.substring(0, clipped.offsetByCodePoints(clipped.length(), -1));
        }
        return clipped;
    }

    /** The same in SQL, of expressions of type {@code name}. */
    static String sql(String name, String label) {
        int room = PostgresName.LONGEST_BYTES - label.length() - 1;
        return "(CASE WHEN " + sqlBytes(name) + " <= " + room + " THEN " + name + "::text ELSE "
                + sqlClipped(name, String.valueOf(room)) + " END || '_" + label + "')";
    }

    /** Of two long parts each gets half of the room. */
    static String sql(String table, String column, String label) {
        int room = PostgresName.LONGEST_BYTES - label.length() - 2;
        int half = room / 2;
        String first = sqlBytes(table);
        String second = sqlBytes(column);
        String ofFirst = "CASE WHEN %1$s <= %3$d THEN %1$s WHEN %2$s <= %3$d THEN %4$d - %2$s ELSE %5$d END"
                .formatted(first, second, half, room, room - half);
        String ofSecond = "CASE WHEN %2$s <= %3$d THEN %2$s WHEN %1$s <= %3$d THEN %4$d - %1$s ELSE %3$d END"
                .formatted(first, second, half, room);
        return """
                (CASE WHEN %s + %s <= %d THEN %s || '_' || %s
                      ELSE %s || '_' || %s END || '_%s')"""
                .formatted(
                        first,
                        second,
                        room,
                        table,
                        column,
                        sqlClipped(table, ofFirst),
                        sqlClipped(column, ofSecond),
                        label);
    }

    private static String sqlBytes(String name) {
        return "pg_catalog.octet_length(" + name + "::text)";
    }

    /** The longest beginning that has no more bytes; a character is whole or gone. */
    private static String sqlClipped(String name, String room) {
        return """
                (SELECT pg_catalog.left(%1$s::text, pg_catalog.max(n)) FROM pg_catalog.generate_series(1, 63) n
                  WHERE pg_catalog.octet_length(pg_catalog.left(%1$s::text, n)) <= %2$s)"""
                .formatted(name, room);
    }
}
