package io.schemajob.catalog;

import io.schemajob.bundle.TextFile;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.SchemaDiff;
import io.schemajob.catalog.live.LiveCatalog;
import io.schemajob.catalog.model.Schema;
import io.schemajob.report.SchemajobException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;

/**
 * Proves that a database is what its bundle declares: catalog, required rows, and the bundle's own checks, all at one
 * moment and without leaving a trace.
 */
public final class Verifier {
    private Verifier() {}

    /**
     * Verifies on a connection in autocommit (then in a transaction of its own) or inside the caller's open transaction
     * (then behind a savepoint that is rolled back, so the caller may go on with it).
     *
     * @throws SQLException when the catalog or a required row cannot be read
     * @throws io.schemajob.report.SchemajobException with {@link io.schemajob.report.ExitStatus#CONFIG} when a check is
     *     no valid SQL though the schema is as declared
     */
    public static VerificationReport verify(Connection connection, VerificationRequest request) throws SQLException {
        return ReadOnlyWork.run(connection, request.schema(), () -> inTransaction(connection, request));
    }

    private static VerificationReport inTransaction(Connection connection, VerificationRequest request)
            throws SQLException {
        List<Difference> differences = new ArrayList<>();
        Schema live = Schema.EMPTY;
        if (request.declared() != null) {
            live = LiveCatalog.read(connection, request.schema(), request.historyTable());
            differences.addAll(SchemaDiff.compare(request.declared(), live, request.options()));
            differences.addAll(RowCheck.missingRows(connection, request.schema(), request.declared(), live));
        }
        ExtensionCheck.missing(connection, request.extensions()).stream()
                .filter(missing -> !differences.contains(missing))
                .forEach(differences::add);
        List<Violation> violations = SchemaDiff.hasDrift(differences)
                ? runnable(connection, request.checks())
                : ChecksRunner.run(connection, request.checks());
        Schema declared = request.declared() == null ? Schema.EMPTY : request.declared();
        return new VerificationReport(
                request.declared() != null,
                differences,
                violations,
                VerificationReport.Counts.of(declared, live, request.checks().size()));
    }

    /**
     * Checks are written for the declared schema. Where that is not what is there, one that breaks is no fault of the
     * bundle, and must not keep the drift that broke it from being told.
     */
    private static List<Violation> runnable(Connection connection, List<TextFile> checks) throws SQLException {
        List<Violation> violations = new ArrayList<>();
        for (TextFile check : checks) {
            Savepoint before = connection.setSavepoint();
            try {
                violations.addAll(ChecksRunner.run(connection, List.of(check)));
            } catch (SchemajobException e) {
                connection.rollback(before);
                String reason = "could not run: " + e.failure().message();
                violations.add(new Violation(check.path(), List.of(reason), false));
            }
            connection.releaseSavepoint(before);
        }
        return violations;
    }
}
