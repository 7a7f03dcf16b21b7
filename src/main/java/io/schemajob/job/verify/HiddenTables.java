package io.schemajob.job.verify;

import io.schemajob.bundle.sql.SqlName;
import io.schemajob.lint.effect.LiveRowSecurity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Asks the server which tables hide rows from the job's role. */
public final class HiddenTables {
    private static final String TABLES =
            """
            SELECT n.nspname, c.relname
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relrowsecurity AND pg_catalog.row_security_active(c.oid)
             ORDER BY 1, 2
            """;

    private static final String EXEMPT =
            "SELECT rolsuper OR rolbypassrls FROM pg_catalog.pg_roles WHERE rolname = current_user";

    private HiddenTables() {}

    /** @param schema of the run, whose tables scripts name without it */
    public static LiveRowSecurity of(Connection session, String schema, String firstPending) throws SQLException {
        List<SqlName> tables = new ArrayList<>();
        try (Statement statement = session.createStatement()) {
            try (ResultSet row = statement.executeQuery(TABLES)) {
                while (row.next()) {
                    String own = row.getString(1);
                    tables.add(new SqlName(own.equals(schema) ? null : own, row.getString(2)));
                }
            }
            try (ResultSet row = statement.executeQuery(EXEMPT)) {
                row.next();
                return new LiveRowSecurity(firstPending, row.getBoolean(1), tables);
            }
        }
    }
}
