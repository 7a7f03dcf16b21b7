package io.schemajob.catalog;

import io.schemajob.catalog.kind.Elsewhere;
import io.schemajob.catalog.kind.Owners;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Extension;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Row;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.TableBuilder;
import io.schemajob.catalog.sql.BriefDefault;
import io.schemajob.database.query.Identifiers;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Turns a live schema into a declared one: what differs from server to server (extension versions, names that
 * PostgreSQL chose, casts that it adds) is left out, and rows of lookup tables can be kept.
 */
public final class Snapshot {
    /** A table with more rows than this holds data, not a declaration. */
    static final int MAX_ROWS = 1000;

    private Snapshot() {}

    /**
     * Reads a schema in a transaction as {@link Verifier#verify} does.
     *
     * @param schema its name
     * @param historyTable Flyway's table, left out; or null
     * @param rowsOf tables whose rows all must exist
     */
    public static Schema take(Connection connection, String schema, String historyTable, Collection<String> rowsOf)
            throws SQLException {
        return take(connection, schema, historyTable, rowsOf, false);
    }

    /** @param privileges whether owners and privileges are part of it */
    public static Schema take(
            Connection connection, String schema, String historyTable, Collection<String> rowsOf, boolean privileges)
            throws SQLException {
        return take(connection, new Request(schema, List.of(), historyTable, rowsOf, List.of(), privileges));
    }

    /**
     * What is to be written down.
     *
     * @param schema name of the main schema
     * @param further the other schemas of the bundle
     * @param historyTable Flyway's table, left out; or null
     * @param rowsOf tables whose rows all must exist; those of further schemas are qualified
     * @param rowsIfThere tables whose rows all must exist, if the table does
     * @param privileges whether owners and privileges are part of it
     */
    public record Request(
            String schema,
            List<String> further,
            String historyTable,
            Collection<String> rowsOf,
            Collection<String> rowsIfThere,
            boolean privileges) {}

    /** The same for all schemas of a bundle; one that does not exist is empty. */
    public static Schema take(Connection connection, Request request) throws SQLException {
        String main = request.schema();
        return ReadOnlyWork.run(connection, main, () -> {
            Schema live = new LiveSchemas(main, request.further(), request.historyTable())
                    .read(connection, request.privileges(), ReadOnlyWork.Path.DECLARED);
            Schema declared = declared(live);
            Map<String, Schema> further = new TreeMap<>();
            Set<String> left = new LinkedHashSet<>(request.rowsOf());
            left.addAll(request.rowsIfThere());
            for (String name : request.further()) {
                Schema schema = declared.further().getOrDefault(name, Schema.EMPTY);
                further.put(name, withRows(connection, name, schema, name + ".", left));
            }
            Schema whole = withRows(connection, main, declared.withFurther(further), "", left);
            left.retainAll(request.rowsOf());
            if (!left.isEmpty()) {
                String name = left.iterator().next();
                throw Failure.of(ExitStatus.CONFIG, "There is no table " + name + " whose rows could be kept.")
                        .asException();
            }
            return whole.linked(main);
        });
    }

    /** @param left names of tables, from which those are taken that the schema has */
    private static Schema withRows(Connection connection, String name, Schema schema, String prefix, Set<String> left)
            throws SQLException {
        Map<String, Table> withRows = new HashMap<>();
        for (Table table : schema.tables().values()) {
            if (left.remove(prefix + table.name())) {
                withRows.put(table.name(), withRows(connection, name, table));
            }
        }
        if (withRows.isEmpty()) {
            return schema;
        }
        Map<String, Table> tables = new HashMap<>(schema.tables());
        tables.putAll(withRows);
        return schema.withTables(tables);
    }

    /** The declaration that this live schema fulfils. */
    public static Schema declared(Schema live) {
        Map<String, Table> tables = new LinkedHashMap<>();
        live.tables().forEach((name, table) -> tables.put(name, declared(table)));
        Map<String, Extension> extensions = new HashMap<>();
        live.extensions()
                .values()
                .forEach(extension ->
                        extensions.put(extension.name(), new Extension(extension.name(), null, extension.schema())));
        Map<String, Routine> routines = new HashMap<>();
        live.routines().forEach((name, routine) -> routines.put(name, declared(routine)));
        Map<String, Schema> further = new HashMap<>();
        live.further().forEach((name, schema) -> further.put(name, declared(schema)));
        return new Schema(
                tables,
                live.views(),
                routines,
                live.sequences(),
                live.types(),
                extensions,
                Owners.usual(Elsewhere.without(live.objects())),
                further,
                live.beside());
    }

    /** A body is kept to the last space, so that what is made of it is the same function. */
    private static Routine declared(Routine routine) {
        return new Routine(
                routine.signature(),
                routine.name(),
                routine.procedure(),
                routine.arguments(),
                routine.result(),
                routine.language(),
                routine.volatility(),
                routine.strict(),
                routine.securityDefiner(),
                routine.leakproof(),
                routine.parallel(),
                routine.configuration(),
                routine.sqlBody() ? routine.body().strip() : routine.body(),
                routine.sqlBody(),
                routine.library(),
                routine.transforms(),
                null,
                routine.comment());
    }

    private static Table declared(Table table) {
        TableBuilder builder = TableBuilder.of(table);
        builder.columns.replaceAll(Snapshot::declared);
        Key key = table.primaryKey();
        if (key != null && (table.name() + "_pkey").equals(key.name())) {
            builder.primaryKey = key.named(null);
        }
        return builder.build();
    }

    private static Column declared(Column column) {
        String brief = BriefDefault.of(column.defaultValue(), column.type());
        return Objects.equals(brief, column.defaultValue()) ? column : column.withDefault(brief);
    }

    private static Table withRows(Connection connection, String schema, Table table) throws SQLException {
        TableBuilder builder = TableBuilder.of(table);
        List<String> names = table.columns().stream().map(Column::name).toList();
        String columns =
                names.stream().map(name -> Identifiers.quote(name) + "::text").collect(Collectors.joining(", "));
        String order = table.primaryKey() == null
                ? columns
                : table.primaryKey().columns().stream().map(Identifiers::quote).collect(Collectors.joining(", "));
        String sql = "SELECT %s FROM %s.%s ORDER BY %s LIMIT %d"
                .formatted(columns, Identifiers.quote(schema), Identifiers.quote(table.name()), order, MAX_ROWS + 1);
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                builder.rows.add(row(result, names));
            }
        }
        if (builder.rows.size() > MAX_ROWS) {
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "The table " + table.name() + " has more than " + MAX_ROWS
                                    + " rows, too many to declare each of them.")
                    .asException();
        }
        return builder.build();
    }

    private static Row row(ResultSet result, List<String> names) throws SQLException {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), result.getString(i + 1));
        }
        return new Row(new LinkedHashMap<>(values));
    }
}
