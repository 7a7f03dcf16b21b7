package io.schemajob.catalog;

import io.schemajob.catalog.ddl.DdlPlan;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.SchemaDiff;
import io.schemajob.catalog.kind.Owners;
import io.schemajob.catalog.live.LiveCatalog;
import io.schemajob.catalog.model.Schema;
import java.sql.Connection;
import java.sql.SQLException;

/** Looks at a database, at one moment and without leaving a trace, and plans what leads it to its declared schema. */
public final class ChangePlanner {
    private ChangePlanner() {}

    /**
     * What is to be planned.
     *
     * @param schema name of the schema that holds the tables
     * @param historyTable Flyway's table, left out; or null
     * @param declared the goal
     * @param options what to be strict about
     * @param assumeRows whether every table is treated as one that has rows
     */
    public record Request(
            String schema, String historyTable, Schema declared, DiffOptions options, boolean assumeRows) {}

    public static DdlPlan plan(Connection connection, Request request) throws SQLException {
        return ReadOnlyWork.run(connection, request.schema(), () -> {
            Schema declared = request.declared()
                    .withObjects(Owners.all(
                            request.declared().objects(), request.options().expectedOwner()));
            Schema live = LiveCatalog.read(
                    connection,
                    request.schema(),
                    request.historyTable(),
                    declared.objects().coverage().privileges());
            return DdlPlan.of(
                    declared,
                    live,
                    request.options().strict(),
                    new FactsReader(connection, request.schema(), declared, live).read(request.assumeRows()),
                    SchemaDiff.compare(declared, live, request.options()));
        });
    }
}
