package io.schemajob.importer.load;

import io.schemajob.database.query.Identifiers;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Computes in a staged table what the server computes in the real one, so that a row of which it cannot is found like any other that
 * does not fit, and is not the end of all.
 */
record ComputedColumns(Connection session, StagingTable stage) {
    private static final String FAILING = "pg_temp.schemajob_failing";

    private static final String COLUMNS =
            """
            SELECT a.attname AS name, pg_get_expr(d.adbin, d.adrelid) AS expression, a.attnotnull AS required,
                   ARRAY(SELECT f.attname::text FROM pg_depend p JOIN pg_attribute f
                             ON f.attrelid = p.refobjid AND f.attnum = p.refobjsubid
                         WHERE p.classid = 'pg_attrdef'::regclass AND p.objid = d.oid
                             AND p.refclassid = 'pg_class'::regclass AND p.refobjid = d.adrelid
                             AND p.refobjsubid NOT IN (0, d.adnum) ORDER BY f.attnum) AS columns
            FROM pg_attribute a JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = %s AND a.attgenerated = 's' AND NOT a.attisdropped ORDER BY a.attnum
            """;

    /** Row by row, each in a subtransaction of its own. */
    private static final String FIND =
            """
            #variable_conflict use_column
            DECLARE
                schemajob_place tid;
            BEGIN
                FOR schemajob_place, schemajob_row IN SELECT s.ctid, s.%2$s FROM %1$s s LOOP
                    BEGIN
                        UPDATE %1$s s SET %3$s = %4$s WHERE s.ctid = schemajob_place;
                    EXCEPTION WHEN OTHERS THEN
                        schemajob_reason := %5$s || SQLERRM;
                        RETURN NEXT;
                    END;
                END LOOP;
            END
            """;

    /** Is told how to find rows of which a column cannot be computed. */
    interface Finder {
        /**
         * Looks for them, and notes what it finds.
         *
         * @param columns of the target, from which the value is computed
         * @param kind the reason without what differs from row to row
         * @param select of row ids and reasons
         */
        void find(List<String> columns, String kind, String select) throws SQLException;
    }

    private record Column(String name, String expression, boolean required, List<String> from) {}

    void fill(Finder finder) throws SQLException {
        List<Column> columns = columns();
        if (!columns.isEmpty() && !fillAll(columns)) {
            fillEach(columns, finder);
        }
        for (Column column : columns) {
            if (column.required()) {
                String kind = "makes NULL of %s, which needs a value".formatted(column.name());
                finder.find(
                        column.from(),
                        kind,
                        "SELECT %1$s AS row_id, %2$s AS reason FROM %3$s s WHERE s.%4$s IS NULL AND %5$s AND NOT EXISTS (SELECT 1 FROM %6$s f WHERE f.stage = %7$d AND f.row_id = s.%1$s)"
                                .formatted(
                                        StagingTable.ROW_ID,
                                        Identifiers.literal(kind),
                                        stage.name(),
                                        Identifiers.quote(column.name()),
                                        stage.fits(column.from(), "s."),
                                        ConstraintCheck.FINDINGS,
                                        stage.number()));
            }
        }
    }

    private void fillEach(List<Column> columns, Finder finder) throws SQLException {
        for (Column column : columns) {
            String kind = "is not what the server can compute %s of".formatted(column.name());
            execute(
                    "CREATE FUNCTION %s() RETURNS TABLE (schemajob_row bigint, schemajob_reason text) LANGUAGE plpgsql AS %s"
                            .formatted(
                                    FAILING,
                                    Identifiers.literal(FIND.formatted(
                                            stage.name(),
                                            StagingTable.ROW_ID,
                                            Identifiers.quote(column.name()),
                                            column.expression(),
                                            Identifiers.literal(kind + ": ")))));
            finder.find(
                    column.from(),
                    kind,
                    "SELECT schemajob_row AS row_id, schemajob_reason AS reason FROM " + FAILING + "()");
            execute("DROP FUNCTION " + FAILING + "()");
        }
    }

    private List<Column> columns() throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement statement = session.prepareStatement(
                        COLUMNS.formatted(stage.table().target().regclass()));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Array from = row.getArray("columns");
                columns.add(new Column(
                        row.getString("name"),
                        "(" + row.getString("expression") + ")",
                        row.getBoolean("required"),
                        List.of((String[]) from.getArray())));
            }
        }
        return columns;
    }

    /** Returns whether that can be done for every row. */
    private boolean fillAll(List<Column> columns) throws SQLException {
        Savepoint before = session.setSavepoint();
        try {
            execute("UPDATE %s SET %s"
                    .formatted(
                            stage.name(),
                            columns.stream()
                                    .map(column -> Identifiers.quote(column.name()) + " = " + column.expression())
                                    .collect(Collectors.joining(", "))));
            return true;
        } catch (SQLException e) {
            if (!Loader.aboutData(e)) {
                throw e;
            }
            session.rollback(before);
            return false;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }
}
