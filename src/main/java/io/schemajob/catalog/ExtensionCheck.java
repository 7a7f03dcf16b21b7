package io.schemajob.catalog;

import io.schemajob.bundle.RequiredExtension;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.model.ObjectIdentity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks for the extensions of {@code bundle.yaml}, in whatever schema they are. */
final class ExtensionCheck {
    private ExtensionCheck() {}

    static List<Difference> missing(Connection connection, List<RequiredExtension> required) throws SQLException {
        if (required.isEmpty()) {
            return List.of();
        }
        Map<String, String> installed = installed(connection);
        List<Difference> missing = new ArrayList<>();
        for (RequiredExtension extension : required) {
            String version = installed.get(extension.name());
            ObjectIdentity object = ObjectIdentity.of("extension", extension.name());
            if (version == null) {
                missing.add(Difference.missing(object, "installed", null, Difference.Severity.DRIFT));
            } else if (!extension.isEnough(version)) {
                missing.add(Difference.changed(
                        object, "version", extension.atLeast() + " or newer", version, Difference.Severity.DRIFT));
            }
        }
        return missing;
    }

    /** Whether an extension is in a schema of its own. */
    static boolean elsewhere(Connection connection) throws SQLException {
        String sql = "SELECT pg_catalog.count(*) > 0 FROM pg_catalog.pg_extension WHERE extnamespace <> ALL"
                + " ('{pg_catalog,public}'::pg_catalog.regnamespace[])";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static Map<String, String> installed(Connection connection) throws SQLException {
        Map<String, String> installed = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT extname, extversion FROM pg_catalog.pg_extension")) {
            while (row.next()) {
                installed.put(row.getString(1), row.getString(2));
            }
        }
        return installed;
    }
}
