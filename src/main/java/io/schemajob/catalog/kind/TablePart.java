package io.schemajob.catalog.kind;

import io.schemajob.catalog.sql.SqlNames;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An index, constraint or trigger of which something is said that PostgreSQL forgets where it makes that anew by itself: at partitions
 * with what the parent has, and at each table where a column gets another type.
 *
 * @param table of it; null for an index whose table is not said
 * @param name of it
 * @param remembered whether PostgreSQL says it again of what is a table's own
 */
public record TablePart(String table, String name, boolean remembered) {
    private static final Pattern NAMED = Pattern.compile(
            "(?:index|table constraint|trigger) (\"(?:[^\"]++|\"\")*+\"|[^\" ]++)(?: on (.*))?", Pattern.DOTALL);

    /** What {@code pg_identify_object} calls so, as a comment does: {@code table constraint paid on orders}. */
    static List<TablePart> of(String object, boolean remembered) {
        Matcher named = NAMED.matcher(object);
        return named.matches()
                ? List.of(new TablePart(
                        named.group(2) == null ? null : SqlNames.unquoted(named.group(2)),
                        SqlNames.unquoted(named.group(1)),
                        remembered))
                : List.of();
    }
}
