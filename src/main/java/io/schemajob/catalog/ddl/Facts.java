package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Row;
import java.util.List;
import java.util.Map;

/**
 * What the statements depend on besides the two schemas.
 *
 * @param rows tables and materialized views that may hold rows, with an estimate of how many; -1 where it is unknown
 * @param missingRows required rows that are not there
 */
public record Facts(Map<String, Long> rows, List<MissingRow> missingRows) {
    public Facts {
        rows = Map.copyOf(rows);
        missingRows = List.copyOf(missingRows);
    }

    /**
     * A required row that is not there.
     *
     * @param table that should have it
     * @param row as it is declared
     * @param present what a row with the same primary key holds in these columns, as far as they exist; null if there
     *     is none
     */
    public record MissingRow(String table, Row row, Row present) {}

    /** Whether statements on it have to mind those who work with its rows. */
    boolean filled(String relation) {
        return rows.containsKey(relation);
    }

    /** {@code about 1200 rows}. */
    public String size(String relation) {
        long estimate = rows.getOrDefault(relation, 0L);
        return estimate < 0 ? "rows" : "about " + estimate + " rows";
    }
}
