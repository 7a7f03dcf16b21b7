package io.schemajob.importer;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.importer.load.PhaseWatch;
import io.schemajob.importer.mapping.ImportMapping;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.log.Log;
import io.schemajob.testing.SqliteFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Imports within this JVM, for tests that make hundreds of them. */
final class Imports {
    static final int MOST_FINDINGS = 1000;

    private Imports() {}

    /** Imports and commits; when something does not fit, rolls back and throws. */
    static ImportResult run(Connection session, SqliteFile file, String mapping, Path rejects) throws SQLException {
        ImportResult result = new ImportResult();
        run(session, file, mapping, rejects, result);
        return result;
    }

    /** The same, with the result in the caller's hands whatever happens. */
    static void run(Connection session, SqliteFile file, String mapping, Path rejects, ImportResult result)
            throws SQLException {
        run(session, file, mapping, rejects, result, new CancellationToken());
    }

    /** The same, and can be stopped. */
    static void run(
            Connection session,
            SqliteFile file,
            String mapping,
            Path rejects,
            ImportResult result,
            CancellationToken cancellation)
            throws SQLException {
        run(session, file, mapping, rejects, null, result, cancellation);
    }

    /** The same, and writes the file of ids. */
    static void run(
            Connection session,
            SqliteFile file,
            String mapping,
            Path rejects,
            Path idMap,
            ImportResult result,
            CancellationToken cancellation)
            throws SQLException {
        ImportRequest request = new ImportRequest(
                file.path(),
                file.path(),
                ImportMapping.read(new TextFile("import.yaml", mapping)),
                "public",
                false,
                true,
                false,
                100,
                MOST_FINDINGS,
                rejects,
                idMap);
        SqliteImport work = new SqliteImport(request, result, PhaseWatch.NONE, Log.silent(), cancellation);
        session.setAutoCommit(false);
        try {
            work.run(session);
            session.commit();
            work.publishFiles();
        } catch (RuntimeException e) {
            session.rollback();
            throw e;
        } finally {
            work.discardFiles();
            session.setAutoCommit(true);
        }
    }

    /** Exports all to a file that is not there yet. */
    static ExportResult export(Connection session, String mapping, Path back) {
        return export(session, mapping, back, null);
    }

    /** The same, with the ids of a file. */
    static ExportResult export(Connection session, String mapping, Path back, Path idMap) {
        return new SqliteExport(
                        ImportMapping.read(new TextFile("import.yaml", mapping)),
                        back,
                        idMap,
                        "public",
                        PhaseWatch.NONE,
                        Log.silent(),
                        new CancellationToken())
                .run(session);
    }
}
