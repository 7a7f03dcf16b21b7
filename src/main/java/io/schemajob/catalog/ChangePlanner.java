package io.schemajob.catalog;

import io.schemajob.catalog.ddl.DdlPlan;
import io.schemajob.catalog.ddl.Facts;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.RenamedSequences;
import io.schemajob.catalog.diff.SchemaComparison;
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
        return plan(
                connection, request, () -> new LiveSchemas(request.schema(), request.further(), request.historyTable())
                        .read(connection, true, ReadOnlyWork.Path.DECLARED));
    }

    /** @param live reads the live schema, with owners and privileges, or knows it by now */
    static DdlPlan plan(Connection connection, Request request, ReadOnlyWork.Work<Schema> live) throws SQLException {
        Schema declared = owned(request.declared(), request.options());
        Map<String, Schema> others = new TreeMap<>();
        declared.further().forEach((name, schema) -> others.put(name, owned(schema, request.options())));
        Schema linked = declared.withFurther(others).linked(request.schema());
        Look look = ReadOnlyWork.run(connection, request.schema(), () -> look(connection, request, linked, live.run()));
        Schema whole = DeclaredWording.of(connection, request.schema(), ReadOnlyWork.Path.DECLARED, linked, look.live())
                .declared();
        return whole.further().isEmpty() ? one(request, whole, look) : several(request, whole, look);
    }

    /** @param facts by schema */
    private record Look(Schema live, Map<String, Facts> facts, List<String> behind) {}

    private static Look look(Connection connection, Request request, Schema declared, Schema live) throws SQLException {
        Map<String, Facts> facts = new TreeMap<>();
        facts.put(
                request.schema(),
                new FactsReader(connection, request.schema(), declared, live).read(request.assumeRows()));
        List<String> behind = new ArrayList<>(List.of("public"));
        if (!declared.further().isEmpty()) {
            for (String name : declared.further().keySet()) {
                Schema other = declared.further().get(name);
                facts.put(name, new FactsReader(connection, name, other, found(live, name)).read(request.assumeRows()));
            }
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(EXTENSIONS)) {
                while (row.next()) {
                    behind.add(row.getString(1));
                }
            }
        }
        return new Look(live, facts, behind);
    }

    /** A further schema that is not there yet is empty. */
    private static Schema found(Schema live, String name) {
        Schema found = live.further().get(name);
        return found == null ? Schema.EMPTY.withObjects(Owners.ofMissing(live.objects())) : found;
    }

    private static DdlPlan one(Request request, Schema declared, Look look) {
        DdlPlan.Input input = input(request, request.schema(), declared, look.live(), look);
        return DdlPlan.of(input);
    }

    private static DdlPlan several(Request request, Schema declared, Look look) {
        List<DdlPlan.Input> inputs = new ArrayList<>();
        inputs.add(input(request, request.schema(), declared, look.live(), look));
        declared.further()
                .forEach((name, schema) -> inputs.add(input(request, name, schema, found(look.live(), name), look)));
        Set<String> missing = new TreeSet<>(declared.further().keySet());
        missing.removeAll(look.live().further().keySet());
        return DdlPlan.of(inputs, missing, look.behind());
    }

    private static DdlPlan.Input input(Request request, String name, Schema declared, Schema live, Look look) {
        RenamedSequences renamed = RenamedSequences.of(declared, live);
        return new DdlPlan.Input(
                name,
                SchemaComparison.of(declared, renamed.live(), request.options()),
                renamed.names(),
                request.options().strict(),
                look.facts().get(name));
    }

    private static Schema owned(Schema declared, DiffOptions options) {
        return declared.withObjects(Owners.all(declared.objects(), options.expectedOwner()));
    }
}
