package io.schemajob.importer.target;

import io.schemajob.database.query.Identifiers;
import java.util.List;

/**
 * A primary key, unique constraint, unique index or exclusion constraint.
 *
 * @param columns that it is over, or that its expressions and its predicate read
 * @param keys what has to be unique, in SQL
 * @param predicate of the rows that it is about, in SQL; null for all
 * @param exclusion how two rows exclude each other; null where they do by being equal
 * @param nullsEqual two NULLs are a conflict (NULLS NOT DISTINCT)
 */
public record Unique(
        String name,
        List<String> columns,
        List<String> keys,
        String predicate,
        Exclusion exclusion,
        boolean primary,
        boolean nullsEqual) {
    /**
     * What an exclusion constraint, or a key WITHOUT OVERLAPS, has beyond a unique one.
     *
     * @param operators of the keys, of which all have to hold
     * @param using the end of a statement that makes a like index: {@code USING gist (…)}
     */
    public record Exclusion(List<String> operators, String using) {}

    /** Over plain columns. */
    public Unique(String name, List<String> columns, boolean primary, boolean nullsEqual) {
        this(name, columns, columns.stream().map(Identifiers::quote).toList(), null, null, primary, nullsEqual);
    }

    /** For messages: the columns, or the expressions with their predicate. */
    public String shown() {
        boolean plain = predicate == null && keys.size() == columns.size();
        for (int i = 0; plain && i < keys.size(); i++) {
            plain = keys.get(i).equals(columns.get(i)) || keys.get(i).equals(Identifiers.quote(columns.get(i)));
        }
        return plain
                ? String.join(", ", columns)
                : String.join(", ", keys) + (predicate == null ? "" : " where " + predicate);
    }
}
