package io.schemajob.job.data;

import io.schemajob.bundle.Bundle;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.importer.ExportResult;
import io.schemajob.importer.SqliteExport;
import io.schemajob.importer.mapping.ImportMapping;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Writes the rows of a database back into the SQLite layout that they came from. Reads only. */
public final class ExportJob {
    /**
     * What was asked for.
     *
     * @param file to be written; must not exist
     * @param mapping a file to use instead of the bundle's {@code import.yaml}; or null
     * @param idMap what the import wrote with {@code --id-map}; or null
     */
    public record Options(Path file, Path mapping, Path idMap) {}

    private final RunContext run;
    private final Options options;

    public ExportJob(RunContext run, Options options) {
        this.run = run;
        this.options = options;
    }

    public ExportResult execute() {
        Bundle bundle = run.bundle();
        ImportMapping mapping = Mappings.find(bundle, options.mapping());
        try (RunSession session = RunSession.open(run, bundle);
                Connection connection = session.sessions().open()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            SqliteExport export = new SqliteExport(
                    mapping,
                    options.file(),
                    options.idMap(),
                    session.schema(),
                    session.migration().locks()::watch,
                    run.log(),
                    run.cancellation());
            ExportResult result = export.run(connection);
            connection.rollback();
            result.leftBehind().forEach(name -> run.log()
                    .warn("%s has no place in the SQLite file; it is left behind".formatted(name)));
            run.log().step("Written to " + options.file());
            return result;
        } catch (SQLException e) {
            run.cancellation().check();
            throw DatabaseFailures.unexpected("The rows could not be read", e);
        }
    }
}
