package io.schemajob.migration.script;

import io.schemajob.bundle.sql.SqlName;
import io.schemajob.database.query.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the catalog knows of indexes that an interrupted run may have left behind. */
public final class IndexCatalog {
    private static final String SELECT =
            """
            SELECT n.nspname, c.relname, i.indisvalid AND i.indisready
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'i' AND\s""";

    private final Connection session;

    public IndexCatalog(Connection session) {
        this.session = session;
    }

    /**
     * An index.
     *
     * @param qualified its name with its schema, quoted
     * @param name its name alone
     * @param usable false while it is being built, and for ever if that was cut short
     */
    public record Index(String qualified, String name, boolean usable) {
        /** Whether {@code REINDEX CONCURRENTLY} made it: a good twin exists (PostgreSQL docs, REINDEX). */
        public boolean leftoverOfReindex() {
            return !usable && name.matches(".*_cc(new|old)\\d*");
        }
    }

    /** The index of this name on this table, both found as a statement of the session would find them. */
    Optional<Index> on(SqlName table, SqlName index) throws SQLException {
        return list("i.indrelid = to_regclass(?) AND c.relname = ?", quote(table), index.name()).stream()
                .findFirst();
    }

    /** The index of this name. */
    Optional<Index> named(SqlName index) throws SQLException {
        return list("i.indexrelid = to_regclass(?)", quote(index)).stream().findFirst();
    }

    /** All indexes of a table. */
    List<Index> ofTable(SqlName table) throws SQLException {
        return list("i.indrelid = to_regclass(?)", quote(table));
    }

    /** All indexes of the table that has this index. */
    List<Index> beside(SqlName index) throws SQLException {
        return list("i.indrelid = (SELECT indrelid FROM pg_index WHERE indexrelid = to_regclass(?))", quote(index));
    }

    /** All indexes of a schema. */
    public List<Index> ofSchema(String schema) throws SQLException {
        return list("n.nspname = ?", schema);
    }

    private List<Index> list(String condition, String... parameters) throws SQLException {
        List<Index> indexes = new ArrayList<>();
        try (PreparedStatement statement = session.prepareStatement(SELECT + condition + " ORDER BY c.relname")) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String name = row.getString(2);
                    indexes.add(new Index(Identifiers.qualify(row.getString(1), name), name, row.getBoolean(3)));
                }
            }
        }
        return indexes;
    }

    private static String quote(SqlName name) {
        return name.schema() == null ? Identifiers.quote(name.name()) : Identifiers.qualify(name.schema(), name.name());
    }
}
