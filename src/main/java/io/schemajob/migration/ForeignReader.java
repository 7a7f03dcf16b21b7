package io.schemajob.migration;

import io.schemajob.bundle.AdoptRule;
import io.schemajob.bundle.Bundle;
import io.schemajob.database.DatabaseFailures;
import io.schemajob.database.Identifiers;
import io.schemajob.report.ExitStatus;
import io.schemajob.report.Failure;
import io.schemajob.report.SchemajobException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks for traces of other tools in a schema, in a handful of queries. */
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
            histories.removeAll(emptyOnes(histories));
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

    /** Those that say that nothing is applied: they stand in nobody's way. What may not be read may say anything. */
    private Set<String> emptyOnes(Set<String> histories) throws SQLException {
        Set<String> readable = new HashSet<>();
        for (String table : histories) {
            if (allowed("has_table_privilege(?, 'SELECT')", Identifiers.qualify(schema, table))) {
                readable.add(table);
            }
        }
        return records(readable).stream()
                .filter(record -> record.versions().isEmpty())
                .map(record -> record.tool().table())
                .collect(Collectors.toSet());
    }

    /**
     * What the tools that can be taken over have recorded.
     *
     * @param declared names of the tables that the bundle declares; those are nobody's history
     */
    public List<ForeignRecord> records(Bundle bundle, Set<String> declared) {
        try {
            Set<String> all = relations();
            all.removeAll(declared);
            bundle.adoptRules().forEach(rule -> all.remove(rule.table()));
            return records(all);
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The history of another tool could not be read", e);
        }
    }

    /** What one tool has recorded; empty if it has no table here. */
    public Optional<ForeignRecord> record(ForeignTool tool) {
        try {
            Set<String> all = relations();
            all.retainAll(Set.of(tool.table()));
            return records(all).stream().findFirst();
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The history of %s could not be read".formatted(tool.title()), e);
        }
    }

    /** Refuses, before anything is changed, to keep a table in step that this user may not write. */
    public void requireWritable(ForeignTool tool) {
        String table = Identifiers.qualify(schema, tool.table());
        try {
            if (!allowed("has_table_privilege(?, 'INSERT')", table)
                    || !allowed("has_table_privilege(?, 'DELETE')", table)) {
                throw notWritable(tool, table);
            }
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The privileges on %s could not be read".formatted(table), e);
        }
    }

    private boolean allowed(String privilege, String table) throws SQLException {
        return !names("SELECT current_user WHERE " + privilege, table).isEmpty();
    }

    private static SchemajobException notWritable(ForeignTool tool, String table) {
        return Failure.of(
                        ExitStatus.ACCESS_DENIED,
                        "This user may not write the history of %s, which is to be kept in step."
                                .formatted(tool.title()))
                .databaseState("Nothing was changed.")
                .hint("GRANT SELECT, INSERT, DELETE ON %s TO …; for the user, or owner role, of this run"
                        .formatted(table))
                .asException();
    }

    private List<ForeignRecord> records(Set<String> tables) throws SQLException {
        List<ForeignRecord> records = new ArrayList<>();
        for (ForeignTool tool : ForeignTool.values()) {
            if (tables.contains(tool.table()) && columns(tool.table()).containsAll(tool.requiredColumns())) {
                records.add(read(tool));
            }
        }
        return records;
    }

    private ForeignRecord read(ForeignTool tool) throws SQLException {
        String sql = "SELECT %s::text, %s FROM %s ORDER BY 1"
                .formatted(
                        tool.versionColumn(),
                        tool.recordsDirt() ? "dirty" : "false",
                        Identifiers.qualify(schema, tool.table()));
        List<String> versions = new ArrayList<>();
        boolean dirty = false;
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                versions.add(row.getString(1));
                dirty |= row.getBoolean(2);
            }
        }
        return new ForeignRecord(tool, versions, dirty);
    }

    private Set<String> columns(String table) throws SQLException {
        String sql =
                "SELECT attname FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped";
        return names(sql, Identifiers.qualify(schema, table));
    }

    private Set<String> relations() throws SQLException {
        String sql = "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";
        return names(sql, schema);
    }

    private Set<String> names(String sql, String parameter) throws SQLException {
        Set<String> names = new HashSet<>();
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        return names;
    }

    private Long version(AdoptRule rule) throws SQLException {
        if (!columns(rule.table()).contains(rule.column())) {
            return null;
        }
        String table = Identifiers.qualify(schema, rule.table());
        String sql = "SELECT max(" + Identifiers.quote(rule.column()) + ")::bigint FROM " + table;
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            long version = row.getLong(1);
            return row.wasNull() ? null : version;
        }
    }
}
