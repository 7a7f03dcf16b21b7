package io.schemajob.migration;

import io.schemajob.bundle.AdoptRule;
import io.schemajob.bundle.Bundle;
import io.schemajob.database.DatabaseFailures;
import io.schemajob.database.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Looks for traces of other tools in a schema, in two queries and one for each adopt rule. */
public final class ForeignReader {
    /** golang-migrate and Rails, Alembic, goose, Liquibase, Prisma, Django. */
    private static final Set<String> HISTORIES = Set.of(
            "schema_migrations",
            "alembic_version",
            "goose_db_version",
            "databasechangelog",
            "_prisma_migrations",
            "django_migrations");

    private final Connection session;
    private final String schema;

    public ForeignReader(Connection session, String schema) {
        this.session = session;
        this.schema = schema;
    }

    /**
     * Reads the facts.
     *
     * @param declared names of the tables that the bundle declares
     */
    public ForeignFacts read(Bundle bundle, Set<String> declared) {
        try {
            Set<String> all = relations();
            Set<String> tables = new HashSet<>(declared);
            tables.retainAll(all);
            Set<String> histories = new HashSet<>(HISTORIES);
            histories.retainAll(all);
            histories.removeAll(declared);
            Map<String, Long> versions = new HashMap<>();
            for (AdoptRule rule : bundle.adoptRules()) {
                if (all.contains(rule.table())) {
                    versions.put(rule.table(), version(rule));
                }
            }
            return new ForeignFacts(tables, histories, versions);
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The tables of schema %s could not be listed".formatted(schema), e);
        }
    }

    private Set<String> relations() throws SQLException {
        String sql = "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";
        Set<String> names = new HashSet<>();
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, schema);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        return names;
    }

    private Long version(AdoptRule rule) throws SQLException {
        String column = "SELECT 1 FROM pg_attribute WHERE attrelid = ?::regclass AND attname = ? AND NOT attisdropped";
        String table = Identifiers.qualify(schema, rule.table());
        try (PreparedStatement statement = session.prepareStatement(column)) {
            statement.setString(1, table);
            statement.setString(2, rule.column());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
            }
        }
        String sql = "SELECT max(" + Identifiers.quote(rule.column()) + ")::bigint FROM " + table;
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            long version = row.getLong(1);
            return row.wasNull() ? null : version;
        }
    }
}
