package io.schemajob.importer;

import io.schemajob.importer.mapping.ImportPlan;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;

/** The tables that will be loaded, as one thing. */
record ImportTarget(Connection session, ImportPlan plan) {

    /** Nobody else may write to them until the transaction ends; everybody may read. */
    void lock() throws SQLException {
        String tables =
                plan.tables().stream().map(table -> table.target().sql()).collect(Collectors.joining(", "));
        try (Statement statement = session.createStatement()) {
            // A trigger may say something for every row, which nobody reads and the driver keeps.
            statement.execute("SET LOCAL client_min_messages = error");
            statement.execute("LOCK TABLE " + tables + " IN SHARE ROW EXCLUSIVE MODE");
        }
    }

    /** COPY does not obey a rule, INSERT does: what a rule would do may not hang on how the rows are loaded. */
    void requireNoRules() throws SQLException {
        String sql = "SELECT ev_class::regclass::text, rulename FROM pg_rewrite WHERE ev_type = '3'"
                + " AND ev_enabled IN ('O', 'A') AND ev_class IN (" + plan.regclasses() + ") ORDER BY 1, 2";
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (row.next()) {
                throw Failure.of(
                                ExitStatus.CONFIG,
                                "The table %s has the rule %s for INSERT, which rows that are copied do not obey."
                                        .formatted(row.getString(1), row.getString(2)))
                        .databaseState("Nothing was changed.")
                        .hint(
                                "Make a trigger of the rule; or disable it (ALTER TABLE … DISABLE RULE …) for the import.")
                        .asException();
            }
        }
    }

    boolean isEmpty() throws SQLException {
        for (TablePlan table : plan.tables()) {
            if (bool("SELECT EXISTS (SELECT 1 FROM " + table.target().sql() + ")")) {
                return false;
            }
        }
        return true;
    }

    /** Text goes to the server as it is, so the server must keep it so. */
    void requireUtf8() throws SQLException {
        if (!bool("SELECT current_setting('server_encoding') = 'UTF8'")) {
            throw Failure.of(ExitStatus.PREREQUISITE_MISSING, "The database does not have the encoding UTF8.")
                    .databaseState("Nothing was changed.")
                    .hint("Import into a database made with ENCODING 'UTF8'.")
                    .asException();
        }
    }

    /** The first queries after the cut-over are planned by what is there now, and not by empty tables. */
    void analyze() throws SQLException {
        for (TablePlan table : plan.tables()) {
            if (table.target().owned()) {
                try (Statement statement = session.createStatement()) {
                    statement.execute("ANALYZE " + table.target().sql());
                }
            }
        }
    }

    private boolean bool(String sql) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
