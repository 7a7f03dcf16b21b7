package io.schemajob.importer.load;

import io.schemajob.database.lock.LockWatch;
import io.schemajob.database.query.Identifiers;
import io.schemajob.importer.mapping.Orphans;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.target.MappedCheck;
import io.schemajob.importer.target.MappedForeignKey;
import io.schemajob.importer.target.Unique;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
    private int number;

    ConstraintCheck(Connection session, List<StagingTable> stages, boolean append) {
        this.session = session;
        this.stages = stages;
        this.append = append;
    }

    /** Is told of each check before and after. */
    interface Listener {
        /** @param done of all checks */
        void begun(String table, int done, int all) throws SQLException;

        /**
         * Rows that have the same fault.
         *
         * @param columns in SQLite
         * @param kind the reason without what differs from row to row
         * @param number in the column {@code number} of {@link #FINDINGS}
         */
        void found(StagingTable stage, String columns, String kind, int number, long count) throws SQLException;
    }

    private record Check(StagingTable stage, Step step) {}

    private interface Step {
        void run(Listener listener) throws SQLException;
    }

    void create() throws SQLException {
        update("CREATE TEMPORARY TABLE schemajob_findings"
                + " (stage int, row_id bigint, columns text, reason text, number int) ON COMMIT DROP");
        update("CREATE TEMPORARY TABLE schemajob_adjusted (stage int, row_id bigint, columns text) ON COMMIT DROP");
    }

    /** Checks, uniqueness, and foreign keys of one round. */
    void find(Listener listener, LoadContext context) throws SQLException {
        List<Check> checks = new ArrayList<>();
        for (StagingTable stage : stages) {
            for (MappedCheck check : stage.table().target().checks()) {
                checks.add(new Check(stage, told -> findChecked(stage, check, told)));
            }
            for (Unique unique : stage.table().target().uniques()) {
                checks.add(new Check(stage, told -> findDuplicates(stage, unique, told)));
            }
            for (MappedForeignKey key : stage.table().target().foreignKeys()) {
                if (key.isFull()) {
                    checks.add(new Check(stage, told -> findHalfNull(stage, key, told)));
                }
                checks.add(new Check(stage, told -> findOrphans(stage, key, false, told)));
            }
        }
        int done = 0;
        for (Check check : checks) {
            String table = check.stage().table().name();
            listener.begun(table, done++, checks.size());
            String what = "Checking a constraint of %s (%d of %d)".formatted(table, done, checks.size());
            try (LockWatch.Watch watch = context.phase(what)) {
                check.step().run(listener);
            }
        }
    }

    /** Computes what the server does; rows of which it cannot are found. */
    void compute(StagingTable stage, Listener listener, LoadContext context) throws SQLException {
        try (LockWatch.Watch watch =
                context.phase("Computing columns of " + stage.table().name())) {
            new ComputedColumns(session, stage)
                    .fill((columns, kind, select) ->
                            insert(stage, sources(stage.table(), columns), kind, select, listener));
        }
    }

    /** @param select of row ids and reasons */
    private long insert(StagingTable stage, String columns, String kind, String select, Listener listener)
            throws SQLException {
        number++;
        long found = update("INSERT INTO %s SELECT %d, row_id, %s, reason, %d FROM (%s) f"
                .formatted(FINDINGS, stage.number(), Identifiers.literal(columns), number, select));
        if (found > 0 && listener != null) {
            listener.found(stage, columns, kind, number, found);
        }
        return found;
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
        } while (findOrphansOfRejected() > 0);
    }

    private void findChecked(StagingTable stage, MappedCheck check, Listener listener) throws SQLException {
        String kind = "violates the check " + check.name();
        String reason = kind + ": " + check.shown();
        insert(
                stage,
                sources(stage.table(), check.columns()),
                kind,
                "SELECT %s AS row_id, %s AS reason FROM %s WHERE %s AND NOT (%s)"
                        .formatted(
                                StagingTable.ROW_ID,
                                Identifiers.literal(reason),
                                stage.name(),
                                stage.fits(check.columns(), ""),
                                check.expression()),
                listener);
    }

    private void findDuplicates(StagingTable stage, Unique unique, Listener listener) throws SQLException {
        // What the server fills is here as it will be there, but for numbers of an identity: those are NULL here.
        if (unique.columns().isEmpty() || unique.nullsEqual() && !stage.isKnown(unique.columns())) {
            return;
        }
        String names = sources(stage.table(), unique.columns());
        String same = (unique.exclusion() == null ? "has the same %s as " : "excludes, by its %s, ")
                .formatted(unique.shown());
        String staged =
                keys(unique, StagingTable.ROW_ID + " AS row_id, ", stage.name(), stage.fits(unique.columns(), ""));
        String found = unique.exclusion() == null
                ? equalRows(unique, same, staged)
                : excludedRows(stage, unique, same, staged);
        insert(stage, names, same + "another row", found, listener);
        if (append) {
            String reason = "is in the target already (%s)".formatted(unique.name());
            insert(
                    stage,
                    names,
                    reason,
                    "SELECT DISTINCT s.row_id, %s AS reason FROM (%s) s JOIN (%s) t ON %s"
                            .formatted(
                                    Identifiers.literal(reason),
                                    staged,
                                    keys(unique, "", stage.table().target().sql(), "true"),
                                    conflict(unique, "t", "s")),
                    listener);
        }
    }

    private static String equalRows(Unique unique, String same, String staged) {
        return """
                SELECT row_id, %s || CASE WHEN row_id = first THEN last ELSE first END AS reason
                FROM (SELECT row_id, count(*) OVER w AS n, min(row_id) OVER w AS first, max(row_id) OVER w AS last
                      FROM (%s) k WHERE %s WINDOW w AS (PARTITION BY %s)) d
                WHERE n > 1
                """
                .formatted(
                        Identifiers.literal(same + "row "),
                        staged,
                        unique.nullsEqual() ? "true" : notNull(numbered(unique), ""),
                        String.join(", ", numbered(unique)));
    }

    /** By an index like that of the constraint: else every row would be compared with every other. */
    private String excludedRows(StagingTable stage, Unique unique, String same, String staged) throws SQLException {
        update("CREATE INDEX ON " + stage.name() + " " + unique.exclusion().using());
        update("ANALYZE " + stage.name());
        return "SELECT s.row_id, %s || min(t.row_id) AS reason FROM (%s) s JOIN (%s) t ON %s AND t.row_id <> s.row_id GROUP BY 1"
                .formatted(Identifiers.literal(same + "row "), staged, staged, conflict(unique, "t", "s"));
    }

    private static String conflict(Unique unique, String left, String right) {
        List<String> names = numbered(unique);
        if (unique.exclusion() == null) {
            return equal(names, names, left, right, unique.nullsEqual());
        }
        return IntStream.range(0, names.size())
                .mapToObj(i -> "%s.%s %s %s.%s"
                        .formatted(
                                left,
                                names.get(i),
                                unique.exclusion().operators().get(i),
                                right,
                                names.get(i)))
                .collect(Collectors.joining(" AND "));
    }

    /** What has to be unique, as columns of their own; only in rows that it is about. */
    private static String keys(Unique unique, String more, String table, String condition) {
        StringJoiner keys = new StringJoiner(", ");
        for (int i = 0; i < unique.keys().size(); i++) {
            keys.add("(%s) AS %s"
                    .formatted(unique.keys().get(i), numbered(unique).get(i)));
        }
        String about = unique.predicate() == null ? "" : " AND (" + unique.predicate() + ")";
        return "SELECT " + more + keys + " FROM " + table + " WHERE " + condition + about;
    }

    private static List<String> numbered(Unique unique) {
        return IntStream.range(0, unique.keys().size()).mapToObj(i -> "k" + i).toList();
    }

    /** One round over all foreign keys, to which a rejected row is not there; returns the number of new findings. */
    private long findOrphansOfRejected() throws SQLException {
        long found = 0;
        for (StagingTable stage : stages) {
            for (MappedForeignKey key : stage.table().target().foreignKeys()) {
                found += findOrphans(stage, key, true, null);
            }
        }
        return found;
    }

    /** MATCH FULL: all of a key or nothing. */
    private void findHalfNull(StagingTable stage, MappedForeignKey key, Listener listener) throws SQLException {
        String reason = "has NULL in a part of a key to %s (MATCH FULL)".formatted(key.tableSql());
        String any = key.columns().stream()
                .map(column -> Identifiers.quote(column) + " IS NOT NULL")
                .collect(Collectors.joining(" OR "));
        insert(
                stage,
                sources(stage.table(), key.columns()),
                reason,
                "SELECT %s AS row_id, %s AS reason FROM %s WHERE %s AND (%s) AND NOT (%s)"
                        .formatted(
                                StagingTable.ROW_ID,
                                Identifiers.literal(reason),
                                stage.name(),
                                stage.fits(key.columns(), ""),
                                any,
                                notNull(key.columns(), "")),
                listener);
    }

    /** @param rejectedAreMissing whether a row that was rejected counts as not there */
    private long findOrphans(StagingTable stage, MappedForeignKey key, boolean rejectedAreMissing, Listener listener)
            throws SQLException {
        TablePlan table = stage.table();
        boolean nullable = key.columns().stream()
                .allMatch(column -> table.index(column) >= 0
                        && !table.target().column(column).orElseThrow().notNull());
        String missing = missing(key, rejectedAreMissing);
        if (table.orphans() == Orphans.SET_NULL && nullable) {
            return setNull(stage, key, missing);
        }
        String reason = "names a row of %s that is not there".formatted(key.tableSql());
        return insert(
                stage,
                sources(table, key.columns()),
                reason,
                "SELECT s.%s AS row_id, %s AS reason FROM %s s WHERE %s AND %s AND %s"
                        .formatted(
                                StagingTable.ROW_ID,
                                Identifiers.literal(reason),
                                stage.name(),
                                rejectedAreMissing ? "NOT s." + StagingTable.BAD : stage.fits(key.columns(), "s."),
                                notNull(key.columns(), "s."),
                                missing),
                listener);
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
            String equal = equal(key.referenced(), key.columns(), "p", "s", false);
            String there = "NOT EXISTS (SELECT 1 FROM %s p WHERE %s)".formatted(key.tableSql(), equal);
            // A row that was there before is not the one of the file, which it refers to.
            sql.append(
                    parent == null || !rejectedAreMissing
                            ? (parent == null ? "" : " AND ") + there
                            : " AND (%s OR EXISTS (SELECT 1 FROM %s p WHERE %s AND p.%s))"
                                    .formatted(there, parent.name(), equal, StagingTable.BAD));
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
}
