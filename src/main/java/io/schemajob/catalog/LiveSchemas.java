package io.schemajob.catalog;

import io.schemajob.catalog.live.LiveCatalog;
import io.schemajob.catalog.model.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads all schemas of a bundle at one moment. Each is read with itself first on the search path, so that in its section
 * of {@code schema.yaml} a name without a schema is one of its own, and what is said of one does not depend on the others.
 *
 * @param main the schema of the run
 * @param further the other schemas of the bundle
 * @param historyTable Flyway's table, left out; or null
 */
record LiveSchemas(String main, List<String> further, String historyTable) {
    private static final String EXISTS = "SELECT FROM pg_catalog.pg_namespace n WHERE n.nspname = ?";

    /**
     * Inside of {@link ReadOnlyWork} for the main schema.
     *
     * @return with those of the further ones that there are
     */
    Schema read(Connection connection, boolean privileges, ReadOnlyWork.Path path) throws SQLException {
        Schema schema = LiveCatalog.read(connection, main, historyTable, privileges, further);
        if (further.isEmpty()) {
            return schema;
        }
        Map<String, Schema> others = new TreeMap<>();
        for (String name : further) {
            if (exists(connection, name)) {
                others.put(
                        name,
                        ReadOnlyWork.run(
                                connection, name, path, () -> LiveCatalog.readFurther(connection, name, privileges)));
            }
        }
        return schema.withFurther(others).linked(main);
    }

    private static boolean exists(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXISTS)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
