package io.schemajob.catalog.kind;

import io.schemajob.catalog.sql.SqlNames;
import io.schemajob.catalog.sql.SqlParts;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A column of a foreign table, taken apart.
 *
 * @param text as it stands in {@code CREATE FOREIGN TABLE}
 * @param name as SQL writes it
 * @param type with its collation
 * @param options by name
 * @param notNull whether it is
 * @param value its default, or null
 * @param generated its expression with how it is kept, or null
 */
record ForeignColumn(
        String text,
        String name,
        String type,
        Map<String, String> options,
        boolean notNull,
        String value,
        String generated) {
    private static final String OPTIONS = " OPTIONS (";
    private static final String NOT_NULL = " NOT NULL";
    private static final String DEFAULT = " DEFAULT ";
    private static final String GENERATED = " GENERATED ALWAYS AS ";
    private static final String COLLATE = " COLLATE ";
    private static final List<String> WORDS = List.of(OPTIONS, COLLATE, NOT_NULL, DEFAULT, GENERATED);

    static ForeignColumn of(String text) {
        int end = SqlParts.find(text, " ", 0);
        String name = text.substring(0, end);
        String rest = text.substring(end);
        String options = part(rest, OPTIONS);
        String value = part(rest, DEFAULT);
        String collation = part(rest, COLLATE);
        String generated = part(rest, GENERATED);
        return new ForeignColumn(
                text,
                name,
                SqlParts.upTo(rest, WORDS.toArray(String[]::new)).strip()
                        + (collation == null ? "" : COLLATE + collation),
                options == null ? Map.of() : options(options),
                SqlParts.find(rest, NOT_NULL, 0) >= 0,
                value,
                generated);
    }

    /** What stands behind one of the words, up to the next one; null if it does not stand there. */
    private static String part(String text, String word) {
        int at = SqlParts.find(text, word, 0);
        if (at < 0) {
            return null;
        }
        // The bracket of the options belongs to what stands behind the word.
        String rest = text.substring(at + word.length() - (word.endsWith("(") ? 1 : 0));
        return SqlParts.upTo(rest, WORDS.toArray(String[]::new)).strip();
    }

    /** {@code (place 'a', kind 'b')}. */
    private static Map<String, String> options(String list) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : SqlParts.list(list.substring(1, list.length() - 1))) {
            int blank = SqlParts.find(option, " ", 0);
            String value = option.substring(blank + 1).strip();
            options.put(SqlNames.unquoted(option.substring(0, blank)), unquoted(value));
        }
        return options;
    }

    private static String unquoted(String literal) {
        boolean escaped = literal.startsWith("E");
        String text = literal.substring(escaped ? 2 : 1, literal.length() - 1).replace("''", "'");
        return escaped ? text.replace("\\\\", "\\") : text;
    }

    /** Whether a change of this to that concerns views and keys over the column. */
    boolean isReshaped(ForeignColumn after) {
        return !type.equals(after.type) || !Objects.equals(generated, after.generated);
    }

    /** The statements that lead from this to that; both have the same name. */
    List<String> alter(String table, ForeignColumn after) {
        String column = "ALTER FOREIGN TABLE " + SqlText.name(table) + " ALTER COLUMN " + name + " ";
        List<String> statements = new ArrayList<>();
        boolean other = !type.equals(after.type);
        if (value != null && (other || !value.equals(after.value))) {
            statements.add(column + "DROP DEFAULT");
        }
        if (other) {
            statements.add(column + "TYPE " + after.type);
        }
        if (after.value != null && (other || !after.value.equals(value))) {
            statements.add(column + "SET DEFAULT " + after.value);
        }
        if (notNull != after.notNull) {
            statements.add(column + (after.notNull ? "SET" : "DROP") + NOT_NULL);
        }
        String changed = SettingsSql.changedOptions(options, after.options);
        if (!changed.isEmpty()) {
            statements.add(column + changed);
        }
        return statements;
    }
}
