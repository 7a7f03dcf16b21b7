package io.schemajob.importer;

import io.schemajob.database.query.Identifiers;
import io.schemajob.database.query.OwnTables;
import io.schemajob.importer.mapping.ImportPlan;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.target.TargetColumn;
import io.schemajob.importer.target.TargetTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the old layout has no place for: said, because whoever goes back does without it. */
final class UnmappedColumns {
    private UnmappedColumns() {}

    static List<String> find(Connection session, ImportPlan plan, Map<String, TargetTable> targets)
            throws SQLException {
        List<String> found = new ArrayList<>();
        for (TargetTable table : targets.values()) {
            Optional<TablePlan> mapped = plan.table(table.name());
            if (mapped.isEmpty()) {
                boolean ours =
                        table.name().equals(OwnTables.IMPORTS) || table.name().startsWith("flyway_");
                if (!ours
                        && !isPart(session, plan, table)
                        && any(session, "SELECT EXISTS (SELECT 1 FROM " + table.sql() + ")")) {
                    found.add(table.name());
                }
                continue;
            }
            for (TargetColumn column : table.columns()) {
                if (mapped.get().index(column.name()) < 0 && !column.generated() && differs(session, table, column)) {
                    found.add(table.name() + "." + column.name());
                }
            }
        }
        return found;
    }

    /** Whether its rows are read with those of a mapped table. */
    private static boolean isPart(Connection session, ImportPlan plan, TargetTable table) throws SQLException {
        return any(
                session,
                ("WITH RECURSIVE up (id) AS (SELECT inhparent FROM pg_inherits WHERE inhrelid = %s"
                                + " UNION SELECT i.inhparent FROM pg_inherits i JOIN up ON i.inhrelid = up.id)"
                                + " SELECT EXISTS (SELECT 1 FROM up WHERE id IN (%s))")
                        .formatted(table.regclass(), plan.regclasses()));
    }

    /** Whether a column says more than one thing: what the default fills in is no loss. */
    private static boolean differs(Connection session, TargetTable table, TargetColumn column) throws SQLException {
        String name = Identifiers.quote(column.name()) + "::text";
        return any(
                session,
                "SELECT count(DISTINCT %s) + count(DISTINCT (%s IS NULL)) > 2 OR count(DISTINCT %s) > 1 FROM %s"
                        .formatted(name, name, name, table.sql()));
    }

    private static boolean any(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
