package io.schemajob.importer.load;

import java.util.List;

/**
 * All values of a column that do not fit for the same reason.
 *
 * @param table in SQLite
 * @param column in SQLite, or several
 * @param reason a clause, without what differs from value to value
 * @param count how many there are
 * @param examples the first of them
 */
public record FindingGroup(String table, String column, String reason, long count, List<RowFinding> examples) {
    public RowFinding first() {
        return examples.get(0);
    }
}
