package io.schemajob.migration.adopt;

import io.schemajob.bundle.AdoptRule;
import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.sql.SqlName;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.Identifiers;
import io.schemajob.migration.history.HistoryTable;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Looks for traces of other tools in a schema, in a handful of queries. */
public final class ToolHistoryReader {
    private static final String LIQUIBASE_LOCK = "databasechangeloglock";

    /** What an extension has brought, such as PostGIS's spatial_ref_sys, is nobody's work here. */
    private static final String OWN =
            " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid"
                    + " AND d.deptype = 'e')";

    private final Connection session;
    private final String schema;

    public ToolHistoryReader(Connection session, String schema) {
        this.session = session;
        this.schema = schema;
    }

    /** Whether the database has no table or view of anybody's, in any schema: then there is nothing to take over. */
    public boolean findsNothing() {
        // Objects of initdb have lower numbers (FirstNormalObjectId). The first that is found will do; with the
        // condition as a
        // join all would be read first.
        String sql = "SELECT c.relname FROM pg_class c WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
                + " AND c.relname <> ? AND (SELECT count(*) FROM pg_depend d WHERE d.classid = 'pg_class'::regclass"
                + " AND d.objid = c.oid AND d.deptype = 'e') = 0 LIMIT 1";
        try {
            return names(sql, HistoryTable.NAME).isEmpty();
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The tables of the database could not be listed", e);
        }
    }

    /** Reads the facts. */
    public ToolFacts read(Bundle bundle, BundleTables wanted) {
        try {
            Set<String> all = relations();
            Set<String> tables = present(wanted, all);
            Set<String> foreign = new HashSet<>(all);
            foreign.removeAll(wanted.declared());
            foreign.removeAll(here(wanted.named()));
            bundle.adoptRules().forEach(rule -> foreign.remove(rule.table()));
            Set<String> histories = histories(foreign, all);
            if (!histories.isEmpty()) {
                tables.addAll(present(new BundleTables(Set.of(), wanted.changed(), true), all));
            }
            Map<String, Long> versions = new HashMap<>();
            Map<String, String> lacks = new HashMap<>();
            for (AdoptRule rule : bundle.adoptRules()) {
                if (all.contains(rule.table())) {
                    versions.put(rule.table(), version(rule));
                    lacking(rule, all).ifPresent(column -> lacks.put(rule.table(), column));
                }
            }
            foreign.removeIf(table -> MigrationTool.isHistory(table) || table.equals(HistoryTable.NAME));
            return new ToolFacts(tables, histories, versions, lacks, wanted.certain(), foreign);
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The tables of schema %s could not be listed".formatted(schema), e);
        }
    }

    private Set<String> present(BundleTables wanted, Set<String> all) throws SQLException {
        Set<String> tables = new TreeSet<>(wanted.declared());
        tables.addAll(here(wanted.named()));
        tables.retainAll(all);
        for (SqlName name : wanted.named()) {
            if (name.schema() != null && !name.schema().equals(schema) && exists(name)) {
                tables.add(name.toString());
            }
        }
        return tables;
    }

    /** Those of the names that are in the run's schema. */
    private Set<String> here(Set<SqlName> names) {
        return names.stream()
                .filter(name -> name.schema() == null || name.schema().equals(schema))
                .map(SqlName::name)
                .collect(Collectors.toSet());
    }

    /** Those tables and views that are not there. */
    public Set<String> missing(Set<SqlName> names) {
        try {
            Set<String> all = relations();
            Set<String> missing = new TreeSet<>();
            for (SqlName name : names) {
                boolean here = name.schema() == null || name.schema().equals(schema);
                if (here ? !all.contains(name.name()) : !exists(name)) {
                    missing.add(name.toString());
                }
            }
            return missing;
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The tables of schema %s could not be listed".formatted(schema), e);
        }
    }

    /**
     * History tables that say that something is applied; those that say that nothing is stand in nobody's way. What may
     * not be read may say anything, unless its name is so common that it says nothing either.
     */
    private Set<String> histories(Set<String> foreign, Set<String> all) throws SQLException {
        Set<String> histories = new HashSet<>();
        for (MigrationTool tool : MigrationTool.values()) {
            String table = tool.table();
            if (foreign.contains(table) && !histories.contains(table) && saysAnything(table, all, tool)) {
                histories.add(table);
            }
        }
        foreign.removeAll(histories);
        return histories;
    }

    private boolean saysAnything(String table, Set<String> all, MigrationTool named) throws SQLException {
        Set<String> columns = columns(table);
        Optional<MigrationTool> owner = Arrays.stream(MigrationTool.values())
                .filter(tool -> tool.table().equals(table) && tool.owns(columns, all))
                .findFirst();
        if (owner.isPresent() && allowed("has_table_privilege(?, 'SELECT')", Identifiers.qualify(schema, table))) {
            ToolRecord record = read(owner.get(), all);
            return !record.versions().isEmpty() || record.dirty();
        }
        return named.hasTableOfItsOwn();
    }

    /** The first column that the rule needs and whose table is there without it. */
    private Optional<String> lacking(AdoptRule rule, Set<String> all) throws SQLException {
        for (String column : rule.needs()) {
            String[] parts = column.split("\\.");
            if (all.contains(parts[0]) && !columns(parts[0]).contains(parts[1])) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }

    /** What the tools that can be taken over have recorded; a bundle's own tables are nobody's history. */
    public List<ToolRecord> records(Bundle bundle, BundleTables wanted) {
        try {
            Set<String> all = relations();
            Set<String> foreign = new HashSet<>(all);
            foreign.removeAll(wanted.declared());
            foreign.removeAll(here(wanted.named()));
            bundle.adoptRules().forEach(rule -> foreign.remove(rule.table()));
            return records(foreign, all);
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The history of another tool could not be read", e);
        }
    }

    /** What one tool has recorded; empty if it has no table here. */
    public Optional<ToolRecord> record(MigrationTool tool) {
        try {
            Set<String> all = relations();
            return all.contains(tool.table()) && tool.owns(columns(tool.table()), all)
                    ? Optional.of(read(tool, all))
                    : Optional.empty();
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The history of %s could not be read".formatted(tool.title()), e);
        }
    }

    /** Refuses, before anything is changed, to mirror a table that this user may not write. */
    public void requireWritable(MigrationTool tool) {
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

    private static SchemajobException notWritable(MigrationTool tool, String table) {
        return Failure.of(
                        ExitStatus.ACCESS_DENIED,
                        "This user may not write the history of %s, which is to be mirrored.".formatted(tool.title()))
                .databaseState("Nothing was changed.")
                .hint("GRANT SELECT, INSERT, DELETE ON %s TO …; for the user, or owner role, of this run"
                        .formatted(table))
                .asException();
    }

    private List<ToolRecord> records(Set<String> tables, Set<String> all) throws SQLException {
        List<ToolRecord> records = new ArrayList<>();
        for (MigrationTool tool : MigrationTool.values()) {
            if (tables.contains(tool.table()) && tool.owns(columns(tool.table()), all)) {
                records.add(read(tool, all));
            }
        }
        return records;
    }

    private ToolRecord read(MigrationTool tool, Set<String> all) throws SQLException {
        List<String> versions = new ArrayList<>();
        boolean dirty = tool == MigrationTool.LIQUIBASE && all.contains(LIQUIBASE_LOCK) && liquibaseIsLocked();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(tool.query(Identifiers.qualify(schema, tool.table())))) {
            while (row.next()) {
                versions.add(row.getString(1));
                // What is not known to be clean is not.
                dirty |= row.getBoolean(2) || row.wasNull();
            }
        }
        return new ToolRecord(tool, versions, dirty);
    }

    private boolean liquibaseIsLocked() throws SQLException {
        String sql = "SELECT coalesce(bool_or(locked), false) FROM " + Identifiers.qualify(schema, LIQUIBASE_LOCK);
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private Set<String> columns(String table) throws SQLException {
        String sql =
                "SELECT attname FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped";
        return names(sql, Identifiers.qualify(schema, table));
    }

    private Set<String> relations() throws SQLException {
        String sql = "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')" + OWN;
        return names(sql, schema);
    }

    private boolean exists(SqlName name) throws SQLException {
        String sql = "SELECT c.relname FROM pg_class c WHERE c.oid = to_regclass(?)" + OWN;
        return !names(sql, Identifiers.qualify(name.schema(), name.name())).isEmpty();
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
