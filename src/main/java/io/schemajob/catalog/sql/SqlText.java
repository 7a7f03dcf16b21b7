package io.schemajob.catalog.sql;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The small pieces of which statements are made. */
public final class SqlText {
    private static final String OVERLAPS = " WITHOUT OVERLAPS";
    private static final String PERIOD = "PERIOD ";

    private SqlText() {}

    public static String name(String name) {
        return SqlNames.quote(name);
    }

    /**
     * A name that the catalog qualifies only if it is in another schema: {@code other.table}.
     *
     * @param own whether it is the name of something in this schema, which may hold a dot
     */
    public static String qualified(String name, Predicate<String> own) {
        return own.test(name) ? name(name) : qualified(name);
    }

    /** The same where nothing in this schema has a dot in its name. A name in quotes, or with such a part, is SQL already. */
    public static String qualified(String name) {
        if (name.startsWith("\"") || name.contains(".\"")) {
            return name;
        }
        int dot = name.indexOf('.');
        return dot < 0 ? name(name) : name(name.substring(0, dot)) + "." + name(name.substring(dot + 1));
    }

    /** A collation or operator class; one of another schema is qualified, with its own name in quotes: {@code other."de-DE"}. */
    public static String reference(String name) {
        return name.endsWith("\"") && name.contains(".\"") ? name : name(name);
    }

    public static String literal(String text) {
        String quoted = "'" + text.replace("'", "''") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }

    /** Columns in brackets; those of temporal keys (PostgreSQL 18) carry key words. */
    public static String columns(List<String> columns) {
        return columns.stream().map(SqlText::column).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String column(String column) {
        if (column.endsWith(OVERLAPS)) {
            return name(column.substring(0, column.length() - OVERLAPS.length())) + OVERLAPS;
        }
        return column.startsWith(PERIOD) ? PERIOD + name(column.substring(PERIOD.length())) : name(column);
    }

    public static String alter(String table) {
        return "ALTER TABLE " + name(table) + " ";
    }

    public static String alter(String table, String column) {
        return alter(table) + "ALTER COLUMN " + name(column) + " ";
    }

    /** A dollar quote around a text that may hold others; nothing is added to it. */
    public static String dollar(String body) {
        String tag = "$$";
        for (int i = 1; body.contains(tag) || body.endsWith("$"); i++) {
            tag = "$body" + (i == 1 ? "" : i) + "$";
            if (!body.contains(tag)) {
                break;
            }
        }
        return tag + body + tag;
    }
}
