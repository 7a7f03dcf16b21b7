package io.schemajob.importer.load;

import io.schemajob.database.query.Identifiers;
import io.schemajob.importer.mapping.MappedCheck;
import io.schemajob.importer.mapping.MappedForeignKey;
import io.schemajob.importer.mapping.Orphans;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.mapping.Unique;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lets the server find, in the staged rows, everything that the constraints of the real tables would refuse. Its findings
 * stay on the server, in temporary tables, so that a file that is wrong from end to end costs no memory here.
 */
final class ConstraintCheck {
    static final String FINDINGS = "pg_temp.schemajob_findings";
    static final String ADJUSTED = "pg_temp.schemajob_adjusted";

    private final Connection session;
    private final List<StagingTable> stages;
    private final boolean append;

    ConstraintCheck(Connection session, List<StagingTable> stages, boolean append) {
        this.session = session;
        this.stages = stages;
        this.append = append;
    }

    void create() throws SQLException {
        update("CREATE TEMPORARY TABLE schemajob_findings"
                + " (stage int, row_id bigint, columns text, reason text, skip boolean) ON COMMIT DROP");
        update("CREATE TEMPORARY TABLE schemajob_adjusted (stage int, row_id bigint, columns text) ON COMMIT DROP");
    }

    /** Checks, uniqueness, and foreign keys of one round. */
    void find() throws SQLException {
        for (StagingTable stage : stages) {
            for (MappedCheck check : stage.table().target().checks()) {
                findChecked(stage, check);
            }
            for (Unique unique : stage.table().target().uniques()) {
                findDuplicates(stage, unique);
            }
        }
        findOrphans(false);
    }

    /** Findings that end the import unless there is a file for rejects. */
    long count(boolean skipped) throws SQLException {
        return number("SELECT count(*) FROM " + FINDINGS + " WHERE skip = " + skipped);
    }

    /** Takes rows with findings out, and then rows that refer to them, until nothing refers to what is not there. */
    void reject() throws SQLException {
        do {
            for (StagingTable stage : stages) {
                update("UPDATE %s s SET %s = true FROM %s f WHERE f.stage = %d AND f.row_id = s.%s AND NOT s.%s"
                        .formatted(
                                stage.name(),
                                StagingTable.BAD,
                                FINDINGS,
                                stage.number(),
                                StagingTable.ROW_ID,
                                StagingTable.BAD));
            }
        } while (findOrphans(true) > 0);
    }

    private void findChecked(StagingTable stage, MappedCheck check) throws SQLException {
        update("INSERT INTO %s SELECT %d, %s, %s, %s, false FROM %s WHERE NOT %s AND NOT (%s)"
                .formatted(
                        FINDINGS,
                        stage.number(),
                        StagingTable.ROW_ID,
                        Identifiers.literal(sources(stage.table(), check.columns())),
                        Identifiers.literal("violates the check %s: %s".formatted(check.name(), check.shown())),
                        stage.name(),
                        StagingTable.BAD,
                        check.expression()));
    }

    private void findDuplicates(StagingTable stage, Unique unique) throws SQLException {
        if (unique.columns().stream().anyMatch(column -> stage.table().index(column) < 0)) {
            return;
        }
        String columns = quoted(unique.columns(), "");
        String present = unique.nullsEqual() ? "true" : notNull(unique.columns(), "");
        update(
                """
                INSERT INTO %s
                SELECT %d, row_id, %s, %s || CASE WHEN row_id = first THEN last ELSE first END, false
                FROM (SELECT %s AS row_id, count(*) OVER w AS n, min(%s) OVER w AS first, max(%s) OVER w AS last
                      FROM %s WHERE NOT %s AND %s WINDOW w AS (PARTITION BY %s)) d
                WHERE n > 1
                """
                        .formatted(
                                FINDINGS,
                                stage.number(),
                                Identifiers.literal(sources(stage.table(), unique.columns())),
                                Identifiers.literal(
                                        "has the same %s as row ".formatted(String.join(", ", unique.columns()))),
                                StagingTable.ROW_ID,
                                StagingTable.ROW_ID,
                                StagingTable.ROW_ID,
                                stage.name(),
                                StagingTable.BAD,
                                present,
                                columns));
        if (append) {
            update("INSERT INTO %s SELECT %d, s.%s, %s, %s, false FROM %s s JOIN %s t ON %s WHERE NOT s.%s"
                    .formatted(
                            FINDINGS,
                            stage.number(),
                            StagingTable.ROW_ID,
                            Identifiers.literal(sources(stage.table(), unique.columns())),
                            Identifiers.literal("is in the target already (%s)".formatted(unique.name())),
                            stage.name(),
                            stage.table().target().sql(),
                            equal(unique.columns(), unique.columns(), "t", "s", unique.nullsEqual()),
                            StagingTable.BAD));
        }
    }

    /**
     * One round over all foreign keys.
     *
     * @param rejectedAreMissing whether a row that was rejected counts as not there
     * @return the number of new findings
     */
    private long findOrphans(boolean rejectedAreMissing) throws SQLException {
        long found = 0;
        for (StagingTable stage : stages) {
            for (MappedForeignKey key : stage.table().target().foreignKeys()) {
                if (key.columns().stream().allMatch(column -> stage.table().index(column) >= 0)) {
                    found += findOrphans(stage, key, rejectedAreMissing);
                }
            }
        }
        return found;
    }

    private long findOrphans(StagingTable stage, MappedForeignKey key, boolean rejectedAreMissing) throws SQLException {
        TablePlan table = stage.table();
        boolean nullable = key.columns().stream()
                .allMatch(column -> !table.target().column(column).orElseThrow().notNull());
        String missing = missing(key, rejectedAreMissing);
        if (table.orphans() == Orphans.SET_NULL && nullable) {
            return setNull(stage, key, missing);
        }
        return update("INSERT INTO %s SELECT %d, s.%s, %s, %s, %s FROM %s s WHERE NOT s.%s AND %s AND %s"
                .formatted(
                        FINDINGS,
                        stage.number(),
                        StagingTable.ROW_ID,
                        Identifiers.literal(sources(table, key.columns())),
                        Identifiers.literal("names a row of %s that is not there".formatted(key.tableSql())),
                        table.orphans() == Orphans.SKIP,
                        stage.name(),
                        StagingTable.BAD,
                        notNull(key.columns(), "s."),
                        missing));
    }

    private long setNull(StagingTable stage, MappedForeignKey key, String missing) throws SQLException {
        String nulls = key.columns().stream()
                .map(column -> Identifiers.quote(column) + " = NULL")
                .collect(Collectors.joining(", "));
        return update(
                """
                WITH changed AS (UPDATE %s s SET %s WHERE NOT s.%s AND %s AND %s RETURNING s.%s)
                INSERT INTO %s SELECT %d, %s, %s FROM changed
                """
                        .formatted(
                                stage.name(),
                                nulls,
                                StagingTable.BAD,
                                notNull(key.columns(), "s."),
                                missing,
                                StagingTable.ROW_ID,
                                ADJUSTED,
                                stage.number(),
                                StagingTable.ROW_ID,
                                Identifiers.literal(String.join("\n", key.columns()))));
    }

    private String missing(MappedForeignKey key, boolean rejectedAreMissing) {
        StagingTable parent = stages.stream()
                .filter(stage -> stage.table().name().equals(key.table()))
                .findFirst()
                .orElse(null);
        StringBuilder sql = new StringBuilder();
        if (parent != null) {
            sql.append("NOT EXISTS (SELECT 1 FROM %s p WHERE %s%s)"
                    .formatted(
                            parent.name(),
                            equal(key.referenced(), key.columns(), "p", "s", false),
                            rejectedAreMissing ? " AND NOT p." + StagingTable.BAD : ""));
        }
        if (parent == null || append) {
            sql.append(parent == null ? "" : " AND ")
                    .append("NOT EXISTS (SELECT 1 FROM %s p WHERE %s)"
                            .formatted(key.tableSql(), equal(key.referenced(), key.columns(), "p", "s", false)));
        }
        return sql.toString();
    }

    private static String equal(
            List<String> left, List<String> right, String leftTable, String rightTable, boolean nullsEqual) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < left.size(); i++) {
            sql.append(i == 0 ? "" : " AND ")
                    .append(leftTable)
                    .append('.')
                    .append(Identifiers.quote(left.get(i)))
                    .append(nullsEqual ? " IS NOT DISTINCT FROM " : " = ")
                    .append(rightTable)
                    .append('.')
                    .append(Identifiers.quote(right.get(i)));
        }
        return sql.toString();
    }

    private static String notNull(List<String> columns, String prefix) {
        return columns.stream()
                .map(column -> prefix + Identifiers.quote(column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    }

    private static String quoted(List<String> columns, String prefix) {
        return columns.stream()
                .map(column -> prefix + Identifiers.quote(column))
                .collect(Collectors.joining(", "));
    }

    /** The source columns behind target columns, for messages. */
    private static String sources(TablePlan table, List<String> columns) {
        return columns.stream()
                .map(column -> {
                    int index = table.index(column);
                    String source =
                            index < 0 ? null : table.columns().get(index).sourceName();
                    return source == null ? column : source;
                })
                .collect(Collectors.joining(", "));
    }

    private long update(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            return Math.max(0, statement.executeLargeUpdate(sql));
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
