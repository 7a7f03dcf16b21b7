package io.schemajob.catalog;

import io.schemajob.catalog.ddl.DdlPlan;
import io.schemajob.catalog.ddl.Facts;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.SchemaDiff;
import io.schemajob.catalog.kind.Owners;
import io.schemajob.catalog.model.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks at a database, at one moment and without leaving a trace, and plans what leads it to its declared schema. */
public final class ChangePlanner {
    private ChangePlanner() {}

    /** Where extensions are, besides the schemas that are on every path. */
    private static final String EXTENSIONS =
            """
            SELECT DISTINCT n.nspname FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
             WHERE n.nspname NOT IN ('pg_catalog', 'public') ORDER BY 1
            """;

    /**
     * What is to be planned.
     *
     * @param schema name of the main schema
     * @param further the other schemas of the bundle
     * @param historyTable Flyway's table, left out; or null
     * @param declared the goal
     * @param options what to be strict about
     * @param assumeRows whether every table is treated as one that has rows
     */
    public record Request(
            String schema,
            List<String> further,
            String historyTable,
            Schema declared,
            DiffOptions options,
            boolean assumeRows) {
        /** In one schema. */
        public Request(String schema, String historyTable, Schema declared, DiffOptions options, boolean assumeRows) {
            this(schema, List.of(), historyTable, declared, options, assumeRows);
        }
    }

    public static DdlPlan plan(Connection connection, Request request) throws SQLException {
        return ReadOnlyWork.run(connection, request.schema(), () -> {
            Schema declared = owned(request.declared(), request.options());
            Map<String, Schema> others = new TreeMap<>();
            declared.further().forEach((name, schema) -> others.put(name, owned(schema, request.options())));
            Schema whole = declared.withFurther(others).linked(request.schema());
            Schema live = new LiveSchemas(request.schema(), request.further(), request.historyTable())
                    .read(connection, declared.objects().coverage().privileges(), ReadOnlyWork.Path.DECLARED);
            List<Difference> differences = SchemaDiff.compare(whole, live, request.options());
            if (whole.further().isEmpty()) {
                Facts facts = new FactsReader(connection, request.schema(), whole, live).read(request.assumeRows());
                return DdlPlan.of(whole, live, request.options().strict(), facts, differences);
            }
            return several(connection, request, whole, live, differences);
        });
    }

    private static DdlPlan several(
            Connection connection, Request request, Schema declared, Schema live, List<Difference> differences)
            throws SQLException {
        List<DdlPlan.Input> inputs = new ArrayList<>();
        inputs.add(input(connection, request, request.schema(), declared, live, differences));
        Set<String> missing = new TreeSet<>(declared.further().keySet());
        missing.removeAll(live.further().keySet());
        for (String name : declared.further().keySet()) {
            Schema found = missing.contains(name)
                    ? Schema.EMPTY.withObjects(live.objects().filtered(object -> false))
                    : live.further().get(name);
            inputs.add(input(connection, request, name, declared.further().get(name), found, List.of()));
        }
        List<String> behind = new ArrayList<>(List.of("public"));
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(EXTENSIONS)) {
            while (row.next()) {
                behind.add(row.getString(1));
            }
        }
        return DdlPlan.of(inputs, missing, behind);
    }

    private static DdlPlan.Input input(
            Connection connection,
            Request request,
            String name,
            Schema declared,
            Schema live,
            List<Difference> differences)
            throws SQLException {
        Facts facts = new FactsReader(connection, name, declared, live).read(request.assumeRows());
        return new DdlPlan.Input(name, declared, live, request.options().strict(), facts, differences);
    }

    private static Schema owned(Schema declared, DiffOptions options) {
        return declared.withObjects(Owners.all(declared.objects(), options.expectedOwner()));
    }
}
