package io.schemajob.catalog.ddl;

import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;

/** The values of an enum, which PostgreSQL can add anywhere but not take away. */
final class EnumValues {
    private EnumValues() {}

    /** The old values in their order, with each new one behind the value that it follows in the new list. */
    static List<String> union(List<String> old, List<String> wanted) {
        List<String> all = new ArrayList<>(old);
        String before = null;
        for (String value : wanted) {
            if (!all.contains(value)) {
                all.add(before == null ? 0 : all.indexOf(before) + 1, value);
            }
            before = value;
        }
        return all;
    }

    /**
     * The statements.
     *
     * @param all a list that holds the old values in their order
     * @param again whether the way back leaves the values, so that they may be there the next time
     */
    static List<String> additions(String type, List<String> old, List<String> all, boolean again) {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (old.contains(all.get(i))) {
                continue;
            }
            String place = i > 0
                    ? " AFTER " + SqlText.literal(all.get(i - 1))
                    : " BEFORE " + SqlText.literal(old.isEmpty() ? "" : old.get(0));
            statements.add("ALTER TYPE " + SqlText.name(type) + " ADD VALUE " + (again ? "IF NOT EXISTS " : "")
                    + SqlText.literal(all.get(i))
                    + (old.isEmpty() && i == 0 ? "" : place));
        }
        return statements;
    }
}
